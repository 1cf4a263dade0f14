import { linuxHost } from '@gantry/host';
import { imageFromDirectory, loadRegistries, pushImage } from '@gantry/image';

/** What `image push` makes of a folder. */
export interface PushOptions {
  directory: string;
  config: NonNullable<Parameters<typeof imageFromDirectory>[0]['config']>;
  /** A registries.yaml. */
  registries?: string;
  username?: string;
  password?: string;
}

/** Makes an image of one layer and pushes it; resolves with the manifest's digest. */
export async function pushFolder(reference: string, options: PushOptions): Promise<string> {
  const { directory, config, registries, username, password } = options;
  const built = await imageFromDirectory({
    directory,
    reference,
    host: linuxHost,
    created: new Date().toISOString(),
    config,
  });
  try {
    return await pushImage({
      image: built,
      ...(registries ? { registries: await loadRegistries(registries) } : {}),
      ...(username !== undefined && password !== undefined ? { credentials: [{ username, password }] } : {}),
    });
  } finally {
    await built[Symbol.asyncDispose]();
  }
}
