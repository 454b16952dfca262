// htmx with its event-stream extension, in one file. Refuses to evaluate code in attributes.
import 'htmx.org/dist/htmx.js';
import 'htmx.org/dist/ext/hx-sse.js';
