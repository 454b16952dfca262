// Runs before the first paint: the mark that script works. The chosen theme comes with the page.
document.documentElement.dataset.js = '';
