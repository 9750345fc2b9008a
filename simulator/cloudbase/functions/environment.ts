/** The caller of a function. */
export interface Caller {
  /** absent for a timer or an HTTP request */
  openid?: string
  /** the chain of callers, oldest first: `wx_client`, `wx_client,scf`, `wx_trigger`, … */
  source?: string
}

export interface Platform {
  envId: string
  appid: string
  /** the address for the requests of wx-server-sdk */
  url: string
  /** the token that proves that a request comes from one of these functions */
  secret: string
}

/**
 * Returns the environment variables of every function, by the names that wx-server-sdk 4.0.2 reads.
 */
export function platformEnv({ envId, url, secret }: Platform): Record<string, string> {
  return {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: envId,
    TCB_ENV: envId,
    TENCENTCLOUD_SECRETID: 'simulator',
    TENCENTCLOUD_SECRETKEY: 'simulator',
    TENCENTCLOUD_SESSIONTOKEN: secret,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: url }),
    // Without it a failing call keeps the process busy for 3 s
    SILENCE: 'true',
  }
}

/**
 * Returns the environment variables of one call. The SDK sends `token` with every request, so that
 * the endpoint knows which call sent it.
 */
export function callEnv(appid: string, { openid, source }: Caller, token: string) {
  const wx = {
    WX_APPID: appid,
    WX_API_TOKEN: token,
    ...(openid === undefined ? {} : { WX_OPENID: openid, WX_CLIENTIP: '127.0.0.1' }),
  }
  return {
    ...wx,
    WX_CONTEXT_KEYS: Object.keys(wx).join(','),
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE',
    ...(source === undefined ? {} : { TCB_SOURCE: source }),
  }
}
