import { CommandError } from '../../command-line/command'
import { ENVIRONMENT_ID_PLACE, readEnvironmentId } from '../../command-line/environment-id'

/** The caller and its environment, from environment variables only: they are never stored. */
export interface Credentials {
  envId: string
  secretId: string
  secretKey: string
  /** only temporary keys have one */
  sessionToken?: string
}

const WHERE: Record<string, string> = {
  TCB_ENV_ID: `the environment id: ${ENVIRONMENT_ID_PLACE}`,
  TENCENTCLOUD_SECRETID: 'an API key: console.cloud.tencent.com/cam/capi (访问管理 → API 密钥管理)',
  TENCENTCLOUD_SECRETKEY: 'the secret of that key, shown once when the key is made',
}

/**
 * Reads the credentials. The key must be of the Tencent Cloud account that the environment belongs
 * to; an environment made with DevTools belongs to the account of the mini program.
 * @throws CommandError that names all that is missing, and where to get it; also for a wrong form
 */
export function readCredentials(env: NodeJS.ProcessEnv): Credentials {
  const missing = Object.keys(WHERE).filter((name) => !env[name]?.trim())
  if (missing.length > 0) {
    const lines = missing.map((name) => `  ${name}  ${WHERE[name]}`)
    throw new CommandError(['Set these environment variables:', ...lines].join('\n'))
  }
  const read = (name: string) => env[name]?.trim() ?? ''
  const sessionToken = read('TENCENTCLOUD_SESSIONTOKEN')
  return {
    envId: readEnvironmentId(env),
    secretId: read('TENCENTCLOUD_SECRETID'),
    secretKey: read('TENCENTCLOUD_SECRETKEY'),
    ...(sessionToken === '' ? {} : { sessionToken }),
  }
}

/** Returns `print` with every secret in its lines replaced: a service may quote them. */
export function withoutSecrets(
  print: (line: string) => void,
  { secretId, secretKey, sessionToken }: Credentials,
): (line: string) => void {
  const secrets = [secretId, secretKey, sessionToken].filter((secret) => secret !== undefined)
  return (line) => print(secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line))
}
