/** A CTyun access key pair (AK/SK). Both are 32 characters and never leave the process but inside a signature. */
export type Credentials = { readonly accessKey: string; readonly secretKey: string };

/** Where one account's credentials come from; `refresh` passes by any cache, for the case that the key was rotated. */
export type CredentialSource = {
  current(): Promise<Credentials>;
  /** @param used the credentials that were refused */
  refresh(used: Credentials): Promise<Credentials>;
};
