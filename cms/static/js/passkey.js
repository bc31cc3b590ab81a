/* Keys and passkeys: says when none could be read; the ceremony itself is django-allauth's. */
(function () {
  "use strict";
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-status]").forEach(function (place) {
      place.textContent = place.getAttribute("data-failed");
    });
  });
})();
