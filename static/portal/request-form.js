/* Helps with the request form, its review, its receipt and the tracking form. Without it all of
   them work: nothing is hidden then, and everything is checked on the server. */
(function () {
  "use strict";

  var form = document.getElementById("request-form");

  // What the chosen kind of applicant does not give is hidden and not sent.
  function showWhatApplies() {
    var chosen = form.querySelector("input[name='applicant_kind']:checked");
    if (!chosen) {
      return;
    }
    var group = chosen.value === "natural_person" ? "natural_person" : "organisation";
    form.querySelectorAll("[data-only]").forEach(function (part) {
      part.hidden = part.dataset.only !== group;
    });
  }

  function countCharacters(area) {
    var most = Number(area.dataset.most);
    var counter = document.createElement("div");
    counter.className = "counter num";
    area.after(counter);
    function show() {
      // Characters as the server counts them: a rare one outside the basic plane is one.
      counter.textContent = Array.from(area.value).length + " / " + most;
    }
    area.addEventListener("input", show);
    show();
  }

  if (form) {
    form.querySelectorAll("[data-only]").forEach(function (part) {
      var title = part.querySelector(".only-title");
      if (title) {
        title.hidden = true;
      }
    });
    form.addEventListener("change", function (event) {
      if (event.target.name === "applicant_kind") {
        showWhatApplies();
      }
    });
    showWhatApplies();
    // The browser restores choices after this script when one goes back to the page.
    window.addEventListener("pageshow", showWhatApplies);
    form.querySelectorAll("textarea[data-most]").forEach(countCharacters);
  }

  var print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () {
      window.print();
    });
  }

  // The server takes a form sent twice for one; this spares the second wait.
  var review = document.getElementById("review-form");
  if (review) {
    var sent = false;
    review.addEventListener("submit", function (event) {
      if (sent) {
        event.preventDefault();
      }
      sent = true;
    });
    window.addEventListener("pageshow", function () {
      sent = false;
    });
  }

  var summary = document.getElementById("error-summary");
  if (summary) {
    summary.focus();
  }
})();
