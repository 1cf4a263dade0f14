/**
 * A change that meets somebody else's write is made anew on what is there then, so often; upstream's `MaxRetryWhenPatchConflicts`.
 */
export const writeAttempts = 5;
