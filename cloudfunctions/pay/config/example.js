// Copy this file to index.js beside it, fill it in, and put apiclient_cert.p12 here too.
// Neither of the two is ever in git.
module.exports = {
  // the mini program's id (小程序 AppID)
  APPID: 'wx0123456789abcdef',
  // the merchant number (微信支付商户号)
  MCHID: '1234567890',
  // the merchant's API key, V2 (APIv2密钥), 32 characters
  KEY: '0123456789abcdef0123456789abcdef',
  // the merchant's certificate; its passphrase is MCHID
  P12: 'apiclient_cert.p12',
  // where WeChat sends payment notifications: https, without a query
  NOTIFY_URL: 'https://example.com/pay-notify',
  // MD5 or HMAC-SHA256
  SIGN_TYPE: 'HMAC-SHA256',
  // how long an order can be paid for, 5 to 110 minutes
  ORDER_TTL_MINUTES: 30,
  // how long after payment shoppers may refund themselves, in hours
  SELF_REFUND_HOURS: 24,
  // how many unpaid orders a shopper may have at a time
  MAX_UNPAID_ORDERS: 10,
}
