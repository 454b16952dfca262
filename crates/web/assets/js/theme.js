// Runs before the first paint: the theme a person chose on this device, and the mark that script works.
const root = document.documentElement;
root.dataset.js = '';
const chosen = localStorage.getItem('theme');
if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
