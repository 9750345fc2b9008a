// Copy this file to index.js beside it and fill it in; without it no message is sent.
module.exports = {
  // the subscribe message template (订阅消息模板 ID); the same as in miniprogram/config.ts
  TEMPLATE_ID: '',
  // your template's keys, and what each is filled with: out_trade_no, body, total_fee or paid_at
  TEMPLATE_DATA: {
    character_string1: 'out_trade_no',
    thing2: 'body',
    amount3: 'total_fee',
    time4: 'paid_at',
  },
  // which version of the mini program the message opens: developer, trial or formal
  MINIPROGRAM_STATE: 'formal',
}
