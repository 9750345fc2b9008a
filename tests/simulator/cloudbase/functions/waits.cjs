// A cloud function that replies when the server at `url` answers.
const http = require('http')

console.log('loaded')

exports.main = ({ url }) =>
  new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve('answered'))
    })
    request.on('error', reject)
  })
