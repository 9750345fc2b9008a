import { environmentIdPlace, readEnvironmentId } from '../environment-id'
import { UsageError } from '../options'

/** Who calls, and for which environment. From the environment variables only: never kept. */
export interface Credentials {
  envId: string
  secretId: string
  secretKey: string
  /** only temporary keys have one */
  sessionToken?: string
}

const WHERE: Record<string, string> = {
  TCB_ENV_ID: `the environment id: ${environmentIdPlace}`,
  TENCENTCLOUD_SECRETID: 'an API key: console.cloud.tencent.com/cam/capi (访问管理 → API 密钥管理)',
  TENCENTCLOUD_SECRETKEY: 'the secret of that key, shown once when the key is made',
}

/**
 * Reads the credentials. The key must be of the Tencent Cloud account that the environment belongs
 * to; an environment that DevTools made belongs to the account of the mini program.
 * @throws UsageError that names all that is missing, and where to get it; for a wrong form, too
 */
export function readCredentials(env: NodeJS.ProcessEnv): Credentials {
  const missing = Object.keys(WHERE).filter((name) => !env[name]?.trim())
  if (missing.length > 0) {
    const lines = missing.map((name) => `  ${name}  ${WHERE[name]}`)
    throw new UsageError(['Set these environment variables:', ...lines].join('\n'))
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

/** The printer, with every secret in what it prints struck out: a service may quote them. */
export function withoutSecrets(
  print: (line: string) => void,
  { secretId, secretKey, sessionToken }: Credentials,
): (line: string) => void {
  const secrets = [secretId, secretKey, sessionToken].filter((secret) => secret !== undefined)
  return (line) => print(secrets.reduce((text, secret) => text.replaceAll(secret, '***'), line))
}
