import type { Transform } from 'node:stream';
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';

/** How a page is compressed: `whole` at once, or as a stream that hands on whatever is written to it. */
type Encoding = {
  name: string;
  /** Where smaller counts, and where sooner does. */
  quality: { tight: number; quick: number };
  stream: (quality: number) => Transform;
  whole: (body: Uint8Array, quality: number) => Uint8Array;
};

const zstd = (level: number) => ({ [constants.ZSTD_c_compressionLevel]: level });
const brotli = (quality: number) => ({ [constants.BROTLI_PARAM_QUALITY]: quality });

/** Best first. */
const ENCODINGS: readonly Encoding[] = [
  {
    name: 'zstd',
    /** A report at 6 is a thirtieth larger than by Brotli's 5, in half of the time; a page at 3 is as large as by Brotli's 3, in a third. */
    quality: { tight: 6, quick: 3 },
    stream: (level) => createZstdCompress({ params: zstd(level), flush: constants.ZSTD_e_flush }),
    whole: (body, level) => zstdCompressSync(body, { params: zstd(level) }),
  },
  {
    name: 'br',
    /**
     * A report is a tenth smaller at 5 than by the library's 4, in the same time; a page with a line a school is a tenth larger
     * at 3 (13 and 14.5 kB), in less than half of it.
     */
    quality: { tight: 5, quick: 3 },
    stream: (quality) => createBrotliCompress({ params: brotli(quality), flush: constants.BROTLI_OPERATION_FLUSH }),
    whole: (body, quality) => brotliCompressSync(body, { params: brotli(quality) }),
  },
  {
    name: 'gzip',
    /** A page with a line a school is a twenty-fifth larger at 4 than at 6, in three quarters of the time. */
    quality: { tight: 6, quick: 4 },
    stream: (level) => createGzip({ level, flush: constants.Z_SYNC_FLUSH }),
    whole: (body, level) => gzipSync(body, { level }),
  },
];

/** The best that a browser takes; null where it takes none of ours. */
export function encodingFor(acceptEncoding: string | null): Encoding | null {
  return ENCODINGS.find(({ name }) => accepts(acceptEncoding, name)) ?? null;
}

/** Named, and without a weight: what a browser takes less gladly, or not at all, is left. */
function accepts(acceptEncoding: string | null, name: string): boolean {
  return (acceptEncoding ?? '').split(',').some((each) => each.trim() === name);
}
