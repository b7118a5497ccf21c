// The rater's pages are plain pages with one small script of their own (form-client/): they must be there at once, on any
// device, and need no framework in the browser.
export const csr = false;
