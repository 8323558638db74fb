/** A post, with the masked name where there is one. */
export const personWords = ({ post, name }: { readonly post: string; readonly name?: string | undefined }): string =>
  name ? `${post}（${name}）` : post
