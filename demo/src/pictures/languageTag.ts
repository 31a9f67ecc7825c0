// Workaround 12: uPlot gives navigator.language to Intl as soon as it is loaded, and WebKitGTK without a locale says "C"
// there, which is no language: the whole page would stop at its first line.
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en' });
}
