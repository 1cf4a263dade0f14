import { pack, type Header } from 'tar-stream';

/** A member of an archive to make: tar-stream's header, and the contents of a file. */
export type Member = Partial<Omit<Header, 'name'>> & { name: string } & { contents?: string | Uint8Array };

/** An archive made by tar-stream, which knows nothing of our reader and writer. */
export async function tarArchive(members: readonly Member[]): Promise<Buffer> {
  const archive = pack();
  for (const { contents, ...header } of members) {
    // Without a body tar-stream would wait for one to be streamed.
    const body = Buffer.from(contents ?? '');
    if ((header.type ?? 'file') === 'file') archive.entry({ ...header, size: body.length }, body);
    else archive.entry(header);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
