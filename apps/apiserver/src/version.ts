/** The product's version, told by /version and to the nodes. */
export const version = '0.1.0';
