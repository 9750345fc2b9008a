/*
 * What the build leaves out of the functions, and what it evaluates only when it is first used. The
 * SDKs are made for every use; a shop needs a part of each, and each cold start pays for the rest.
 */

/** One decision about a module, or about a whole package. */
export interface Decision {
  /**
   * A package (`axios`), a folder of it or a file without its extension (`request/lib/cookies`).
   * wx-server-sdk's one file is itself bundled: its inner files count as files.
   */
  readonly module: string
  /**
   * `left out`: requiring it throws an error that names it. `on first use`: it is in the build, and
   * evaluated when something of it is first used.
   */
  readonly how: 'left out' | 'on first use'
  readonly reason: string
  /** functions that the SDK calls at load: what they return throws the error when it is used */
  readonly calledAtLoad?: readonly string[]
}

const leaveOut = (
  module: string,
  reason: string,
  calledAtLoad: readonly string[] = [],
): Decision => ({ module, how: 'left out', reason, calledAtLoad })

const onFirstUse = (module: string, reason: string): Decision => ({
  module,
  how: 'on first use',
  reason,
})

// oxfmt-ignore
export const DECISIONS: readonly Decision[] = [
  // wx-server-sdk and what it requires
  leaveOut('@cloudbase/wx-cloud-client-sdk', 'models, mysql and rdb: the shop uses the document database alone', ['generateHTTPClient']),
  leaveOut('@cloudbase/node-sdk/dist/ai', 'ai(): the shop asks no model'),
  leaveOut('@cloudbase/database/dist/commonjs/realtime/websocket-client', 'watch(): it listens on phones, not in functions'),
  leaveOut('jsonwebtoken', 'auth().createTicket(): signs in users that WeChat does not know'),
  leaveOut('mime-db', 'file extensions for uploads by the open API: the shop sends texts'),
  onFirstUse('@cloudbase/database', 'pay-message has no database; the others need it at their first query'),
  onFirstUse('@cloudbase/signature-nodejs', 'signs requests to the cloud, none of which is sent at load'),
  onFirstUse('axios', 'asks which machine this is, outside of functions alone'),
  onFirstUse('agentkeepalive', 'keep-alive is off in functions'),
  onFirstUse('http-proxy-agent', 'needed behind a proxy alone'),
  onFirstUse('https-proxy-agent', 'needed behind a proxy alone'),
  onFirstUse('form-data', 'needed for the open API alone'),
  onFirstUse('wx-server-sdk/src/protobuf/openapi', 'the format of the open API and of WeChat Pay by CloudBase'),
  // wx-js-utils and what it requires
  leaveOut('request/lib/cookies', 'cookies, with the list of public suffixes: WeChat Pay sets none', ['jar']),
  leaveOut('http-signature', 'a signature that WeChat Pay does not use'),
  leaveOut('aws4', 'a signature that WeChat Pay does not use'),
  leaveOut('aws-sign2', 'a signature that WeChat Pay does not use'),
  leaveOut('mime-types', 'the types of uploaded files: the shop uploads none'),
  onFirstUse('request', 'the first request to WeChat Pay'),
  onFirstUse('xml2js', 'writes requests to WeChat Pay and reads its replies'),
]
