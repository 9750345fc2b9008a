// A cloud function that sends a request to WeChat Pay, in each way that https allows.
const https = require('https')

const url = 'https://api.mch.weixin.qq.com/pay/orderquery?a=1'
const options = { hostname: 'api.mch.weixin.qq.com', path: '/pay/orderquery?a=1' }

function replyTo(send) {
  return new Promise((resolve, reject) => {
    const outgoing = send((response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve(JSON.parse(text)))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

const ways = {
  options: () => replyTo((callback) => https.request(options, callback)),
  url: () => replyTo((callback) => https.request(url, callback)),
  urlObject: () => replyTo((callback) => https.request(new URL(url), callback)),
  urlAndOptions: () => replyTo((callback) => https.request(url, { method: 'GET' }, callback)),
  get: () => replyTo((callback) => https.get(url, callback)),
  elsewhere: ({ port, ...more }) =>
    replyTo((callback) => https.request({ host: '127.0.0.1', port, ...more }, callback)),
  // As the library `request` does for agentOptions: `ca` is set to undefined
  clientCertificate: ({ pfx, passphrase }) => {
    const agent = new https.Agent({ ca: undefined, pfx: Buffer.from(pfx, 'base64'), passphrase })
    return replyTo((callback) => https.request({ ...options, agent }, callback))
  },
}

exports.main = (event) => ways[event.way](event)
