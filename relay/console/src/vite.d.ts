/** What Vite adds to the language of the console: style sheets as modules. */
/// <reference types="vite/client" />
