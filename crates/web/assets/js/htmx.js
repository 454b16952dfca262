// htmx with its event-stream extension, in one file; the module form puts `htmx` on window, where the extension looks.
import 'htmx.org/dist/htmx.esm.js';
import 'htmx.org/dist/ext/hx-sse.js';
