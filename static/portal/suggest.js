/* Suggestions while words are typed, as a combobox (ARIA 1.2). Without it the search works as it is.
   Nothing is sent for less than one Chinese character or two letters. */
(function () {
  "use strict";

  var WAIT = 200; // milliseconds after the last key

  function isEnough(text) {
    return text.length > 1 || /[\u3400-\u9fff]/.test(text);
  }

  function prepare(form, number) {
    var input = form.querySelector("input[name='q']");
    var list = document.createElement("ul");
    var said = document.createElement("div");
    var timer = null;
    var asked = "";
    var chosen = -1;
    var typed = "";
    list.id = "suggestions-" + number;
    list.className = "suggestions";
    list.hidden = true;
    list.lang = "zh-Hans";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.getAttribute("aria-label") || "");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    form.append(list, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("autocomplete", "off");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(place) {
      var options = list.children;
      if (chosen >= 0) {
        options[chosen].setAttribute("aria-selected", "false");
      }
      chosen = place;
      if (chosen < 0) {
        input.value = typed;
        input.removeAttribute("aria-activedescendant");
        return;
      }
      options[chosen].setAttribute("aria-selected", "true");
      options[chosen].scrollIntoView({ block: "nearest" });
      input.value = options[chosen].textContent;
      input.setAttribute("aria-activedescendant", options[chosen].id);
    }

    function show(found) {
      list.replaceChildren.apply(list, found.map(function (text, place) {
        var option = document.createElement("li");
        option.id = list.id + "-" + place;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        // Before the input loses the focus.
        option.addEventListener("mousedown", function (event) {
          event.preventDefault();
          input.value = text;
          close();
          form.requestSubmit();
        });
        return option;
      }));
      chosen = -1;
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      said.textContent = found.length ? found.length + " " + form.dataset.found : "";
    }

    function ask() {
      var text = input.value.trim();
      if (!isEnough(text)) {
        asked = text;
        close();
        return;
      }
      if (text === asked) {
        return;
      }
      asked = text;
      fetch(form.dataset.suggest + "?q=" + encodeURIComponent(text), { credentials: "omit" })
        .then(function (answer) {
          return answer.ok ? answer.json() : { suggestions: [] };
        })
        .then(function (answer) {
          // An answer that comes late belongs to other words.
          if (text === asked && document.activeElement === input) {
            typed = input.value;
            show(answer.suggestions);
          }
        })
        .catch(close);
    }

    input.addEventListener("input", function (event) {
      window.clearTimeout(timer);
      if (!event.isComposing) {
        timer = window.setTimeout(ask, WAIT);
      }
    });
    input.addEventListener("compositionend", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      var count = list.children.length;
      if (event.isComposing || list.hidden) {
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        // One place more than there are options: what was typed.
        choose((chosen + 1 + (event.key === "ArrowDown" ? 1 : count)) % (count + 1) - 1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        choose(-1);
        close();
      } else if (event.key === "Enter") {
        close();
      }
    });
  }

  document.querySelectorAll("form[data-suggest]").forEach(prepare);
})();
