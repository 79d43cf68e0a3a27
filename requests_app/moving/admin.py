class MovingPages:
    pass
