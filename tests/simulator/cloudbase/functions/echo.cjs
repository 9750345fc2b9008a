// A cloud function that returns its event and caller, or the answer that its request asks for.
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  if (event.Type === 'Timer') {
    console.log(JSON.stringify(event))
    return { event, caller: cloud.getWXContext() }
  }
  const { answer, fail } = event.queryStringParameters
  if (fail !== undefined) throw new Error(fail)
  if (answer !== undefined) return JSON.parse(answer)
  return { event, caller: cloud.getWXContext() }
}
