/** Does it now; what it threw is thrown by every later call instead of at import, where it could not be reported. */
export function attempted<T>(make: () => T): () => T {
  try {
    const made = make();
    return () => made;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
