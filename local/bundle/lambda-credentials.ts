/**
 * What stands in a bundle for the SDK's chain of credential providers: Lambda always hands its role's credentials to a
 * function in the environment, so the profiles, single sign-on and metadata services of other machines are left out.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = fromEnv;
