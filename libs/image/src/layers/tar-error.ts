/** A tar archive that cannot be read, or that asks for what is not supported. */
export class TarError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TarError';
  }
}
