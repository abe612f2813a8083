import type pc from 'picocolors';

/** Colours, or none: made by picocolors' `createColors(enabled)`. */
export type Pen = ReturnType<typeof pc.createColors>;
