/**
 * The deployer's file: what this copy of the shop talks to. The simulator leaves the file as it is
 * and runs the phone with values of its own.
 */

/** Id of the CloudBase environment; empty for the default one. */
export const env: string = ''

/**
 * Ids of the subscribe message templates for which a shopper is asked before paying: the one of
 * "paid", which the function `pay-message` sends. At most 3 (wx.requestSubscribeMessage); none
 * when no messages are sent.
 */
export const templateIds: string[] = []
