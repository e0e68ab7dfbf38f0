// Keeps the page true while it is looked at: each minute its contents are fetched anew. Written for old televisions.
(function () {
  "use strict";
  var MINUTE = 60000, failed = 0;

  function lost() {
    var line = document.querySelector(".lost");
    failed += 1;
    if (failed > 1 && !line.textContent) line.textContent = line.dataset.words;
  }

  function show(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    if (!fresh.querySelector(".figures")) { location.reload(); return; }
    [".moment", "main"].forEach(function (place) {
      var now = document.querySelector(place), next = fresh.querySelector(place);
      if (now.innerHTML !== next.innerHTML) now.replaceChildren.apply(now, Array.prototype.slice.call(next.childNodes));
    });
    failed = 0;
    document.querySelector(".lost").textContent = "";
  }

  function renew() {
    fetch(location.href, { cache: "no-store", credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 403) { location.reload(); return null; } // it was ended: nothing stays on the wall
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text().then(show);
    }).catch(lost);
  }

  setInterval(renew, MINUTE);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) renew(); });
})();
