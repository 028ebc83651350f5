/**
 * Keeps the page as high as what is visible of it. Phones put their keyboard over the page, and iOS does not make the page smaller: without this,
 * the row of keys would be behind the keyboard.
 */
export class VisibleHeight {
  #abort = new AbortController();

  followViewport() {
    this.releaseViewport();
    const { visualViewport } = window;
    if (!visualViewport) return;
    const { signal } = this.#abort = new AbortController();
    const follow = () => {
      document.documentElement.style.setProperty('--viewport-height', `${visualViewport.height}px`);
      window.scrollTo(0, 0); // iOS scrolls the field into view
    };
    visualViewport.addEventListener('resize', follow, { signal });
    follow();
  }

  releaseViewport() {
    this.#abort.abort();
    document.documentElement.style.removeProperty('--viewport-height');
  }
}
