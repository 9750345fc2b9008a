// Copy this file to index.js in this folder and fill it in. Without it no message is sent.
module.exports = {
  // The id of the subscribe message template (订阅消息模板 ID), the same as in miniprogram/config.ts
  TEMPLATE_ID: '',
  // The keys of your template, and what fills each: out_trade_no, body, total_fee or paid_at
  TEMPLATE_DATA: {
    character_string1: 'out_trade_no',
    thing2: 'body',
    amount3: 'total_fee',
    time4: 'paid_at',
  },
  // The version of the mini program that the message opens: developer, trial or formal
  MINIPROGRAM_STATE: 'formal',
}
