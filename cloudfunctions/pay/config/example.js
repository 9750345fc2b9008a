// Copy this file to index.js in this folder, fill it in, and put apiclient_cert.p12 here too.
// Git ignores both.
module.exports = {
  // The mini program's id (小程序 AppID)
  APPID: 'wx0123456789abcdef',
  // The merchant number (微信支付商户号)
  MCHID: '1234567890',
  // The merchant's API key, V2 (APIv2密钥), 32 characters
  KEY: '0123456789abcdef0123456789abcdef',
  // The merchant's certificate, whose passphrase is MCHID
  P12: 'apiclient_cert.p12',
  // Where WeChat sends payment notifications: https, without a query
  NOTIFY_URL: 'https://example.com/pay-notify',
  // MD5 or HMAC-SHA256
  SIGN_TYPE: 'HMAC-SHA256',
  // How long an order can be paid, 5 to 110 minutes
  ORDER_TTL_MINUTES: 30,
  // How long after payment shoppers can refund an order themselves, in hours
  SELF_REFUND_HOURS: 24,
  // How many unpaid orders a shopper may have at a time
  MAX_UNPAID_ORDERS: 10,
}
