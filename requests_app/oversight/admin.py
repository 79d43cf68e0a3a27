class OversightPages:
    pass
