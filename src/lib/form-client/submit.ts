/**
 * Sends a form after all, from within the handler that held it: in a task of its own, for a browser ignores a form that
 * is sent while it is still asking the handlers.
 */
export function submitAfterAll(form: HTMLFormElement, button: EventTarget | null = null): void {
  setTimeout(() => form.requestSubmit(button instanceof HTMLElement ? button : null));
}
