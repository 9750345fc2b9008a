/* Calls of the SDKs that the shop never makes: each needs what the build leaves out. */

const cloud = require('wx-server-sdk')
const cloudbase = require('@cloudbase/node-sdk')
const request = require('request')

const credentials = { env_id: 'shop', private_key_id: '1', private_key: 'key' }
const app = cloudbase.init({ env: 'shop', secretId: 'id', secretKey: 'key', credentials })
cloud.init({ env: 'shop' })

const uri = 'http://127.0.0.1:9'
const listener = { onChange() {}, onError() {} }
const png = Buffer.from('png')

/** Each call by its name, with the module that is left out. */
export const calls: Record<string, [module: string, call: () => unknown]> = {
  'cloud.ai()': ['@cloudbase/node-sdk/dist/ai', () => cloud.ai()],
  'app.ai()': ['@cloudbase/node-sdk/dist/ai', () => app.ai()],
  'app.models': ['@cloudbase/wx-cloud-client-sdk', () => app.models.goods.list({})],
  'app.mysql()': ['@cloudbase/wx-cloud-client-sdk', () => app.mysql()],
  'app.rdb()': ['@cloudbase/wx-cloud-client-sdk', () => app.rdb()],
  'createTicket()': ['jsonwebtoken', () => app.auth().createTicket('user')],
  'watch() of a query': [
    '@cloudbase/database/dist/commonjs/realtime/websocket-client',
    () => app.database().collection('orders').where({}).watch(listener),
  ],
  'watch() of a document': [
    '@cloudbase/database/dist/commonjs/realtime/websocket-client',
    () => app.database().collection('orders').doc('1').watch(listener),
  ],
  'an open API with a picture': [
    'mime-db',
    () => {
      return cloud.openapi.security.imgSecCheck({ media: { contentType: 'image/png', value: png } })
    },
  ],
  'a request with cookies': ['request/lib/cookies', () => request({ uri, jar: true })],
  'a cookie': ['request/lib/cookies', () => request.cookie('a=b')],
  'a cookie jar': ['request/lib/cookies', () => request.jar().setCookie('a=b', uri)],
  'an HTTP signature': [
    'http-signature',
    () => request({ uri, httpSignature: { keyId: '1', key: '1' } }),
  ],
  'a signature of AWS': [
    'aws-sign2',
    () => request({ uri }, () => {}).aws({ key: '1', secret: '1' }, true),
  ],
  'a new signature of AWS': [
    'aws4',
    () => request({ uri }, () => {}).aws({ key: '1', secret: '1', sign_version: '4' }, true),
  ],
  'an upload': [
    'mime-types',
    () => request.post({ uri, formData: { a: { value: png, options: { filename: 'a.png' } } } }),
  ],
}
