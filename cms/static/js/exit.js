/* "Quitter cette page": hides everything, then leaves. A classic script in <head>, so that it also works
   on old telephones and acts before anything is painted. Without it the link works as a plain link. */
(function () {
  "use strict";
  var LEFT = "m-left";
  var WINDOW = 5000;
  var presses = [];

  document.documentElement.classList.add("js");

  function remember(value) {
    try {
      if (value === undefined) return sessionStorage.getItem(LEFT);
      if (value) sessionStorage.setItem(LEFT, value);
      else sessionStorage.removeItem(LEFT);
    } catch (refused) {
      /* storage refused by the browser: the exit itself needs none */
    }
    return null;
  }

  function hide() {
    document.documentElement.style.display = "none";
    if (document.body) document.body.replaceChildren();
  }

  function leave(target) {
    hide();
    remember(target);
    location.replace(target);
  }

  function target() {
    var link = document.querySelector("a[data-exit]");
    return link && link.href;
  }

  /* Back after leaving: the pages before this one are still in the tab's history. */
  function leaveAgain(isReturn) {
    var left = remember();
    if (!left) return;
    if (isReturn) leave(left);
    else remember("");
  }

  function announce() {
    var region = document.getElementById("exit-status");
    if (!region) return;
    var left = 3 - presses.length;
    region.textContent = left > 0 ? region.getAttribute("data-more-" + left) : region.getAttribute("data-leaving");
  }

  function onKey(event) {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    presses = presses.filter(function (at) {
      return event.timeStamp - at < WINDOW;
    });
    presses.push(event.timeStamp);
    announce();
    if (presses.length >= 3 && target()) leave(target());
  }

  var navigation = performance.getEntriesByType ? performance.getEntriesByType("navigation")[0] : null;
  leaveAgain(Boolean(navigation && navigation.type === "back_forward"));
  addEventListener("pageshow", function (event) {
    if (event.persisted) leaveAgain(true);
  });
  addEventListener("keydown", onKey, true);
  addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-exit]");
    if (!link || event.button) return;
    event.preventDefault();
    leave(link.href);
  });
})();
