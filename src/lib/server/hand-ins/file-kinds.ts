/** What can be handed in as a file, by the ending that its name gets; `type` is what a browser is told that it is. */
export const FILE_KINDS = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odp: 'application/vnd.oasis.opendocument.presentation',
  jpg: 'image/jpeg',
  png: 'image/png',
} as const;
export type FileKind = keyof typeof FILE_KINDS;

/** The most that a file may be, in bytes. */
export const FILE_BYTES = 10 * 1024 * 1024;
