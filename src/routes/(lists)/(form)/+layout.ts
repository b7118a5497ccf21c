// As the rater's pages are (routes/(rater)/+layout.ts): plain pages, here without the script that saves.
export const csr = false;
