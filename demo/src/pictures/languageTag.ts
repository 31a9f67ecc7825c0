// Workaround 12: uPlot passes navigator.language to Intl when it is imported. In WebKitGTK without a locale that is "C",
// which is not a language tag, so the import would throw and the page would not start.
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en' });
}
