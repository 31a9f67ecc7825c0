// Plain old JavaScript, for it has to run where nothing else of this page does: says what the browser lacks.
(() => {
  var missing = null;
  if (window.isSecureContext === false) missing = 'The page must be served over https, or from localhost.';
  else if (!window.AudioWorkletNode || !window.WebAssembly || !Object.hasOwn || !window.HTMLDialogElement)
    missing = 'This browser is too old to separate sound live. Chrome, Edge, Firefox and Safari can do it since 2023.';
  if (!missing) {
    // A press that comes before the page can play is not lost: main.ts looks for it.
    document.getElementById('start').addEventListener('click', () => {
      document.body.dataset.wanted = 'true';
    });
    return;
  }
  var message = document.getElementById('unsupported');
  message.textContent = missing;
  message.hidden = false;
  document.getElementById('start').disabled = true;
})();
