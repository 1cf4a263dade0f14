/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $String = $util.global.String, $Array = $util.global.Array, $Number = $util.global.Number, $parseInt = $util.global.parseInt, $BigInt = $util.global.BigInt, $Boolean = $util.global.Boolean;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const gantry = $root.gantry = (() => {

    /**
     * Namespace gantry.
     * @exports gantry
     * @namespace
     */
    const gantry = {};

    gantry.node = (function() {

        /**
         * Namespace node.
         * @memberof gantry
         * @namespace
         */
        const node = {};

        node.v1 = (function() {

            /**
             * Namespace v1.
             * @memberof gantry.node
             * @namespace
             */
            const v1 = {};

            v1.JoinRequest = (function() {

                /**
                 * Properties of a JoinRequest.
                 * @typedef {Object} gantry.node.v1.JoinRequest.$Properties
                 * @property {string|null} [token] JoinRequest token
                 * @property {string|null} [nodeName] JoinRequest nodeName
                 * @property {Uint8Array|null} [csr] JoinRequest csr
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a JoinRequest.
                 * @memberof gantry.node.v1
                 * @interface IJoinRequest
                 * @augments gantry.node.v1.JoinRequest.$Properties
                 * @deprecated Use gantry.node.v1.JoinRequest.$Properties instead.
                 */

                /**
                 * Shape of a JoinRequest.
                 * @typedef {gantry.node.v1.JoinRequest.$Properties} gantry.node.v1.JoinRequest.$Shape
                 */

                /**
                 * Constructs a new JoinRequest.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a JoinRequest.
                 * @constructor
                 * @param {gantry.node.v1.JoinRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const JoinRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * JoinRequest token.
                 * @member {string} token
                 * @memberof gantry.node.v1.JoinRequest
                 * @instance
                 */
                JoinRequest.prototype.token = "";

                /**
                 * JoinRequest nodeName.
                 * @member {string} nodeName
                 * @memberof gantry.node.v1.JoinRequest
                 * @instance
                 */
                JoinRequest.prototype.nodeName = "";

                /**
                 * JoinRequest csr.
                 * @member {Uint8Array} csr
                 * @memberof gantry.node.v1.JoinRequest
                 * @instance
                 */
                JoinRequest.prototype.csr = $util.newBuffer([]);

                /**
                 * Creates a new JoinRequest instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.JoinRequest
                 * @static
                 * @param {gantry.node.v1.JoinRequest.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.JoinRequest} JoinRequest instance
                 * @type {{
                 *   (properties: gantry.node.v1.JoinRequest.$Shape): gantry.node.v1.JoinRequest & gantry.node.v1.JoinRequest.$Shape;
                 *   (properties?: gantry.node.v1.JoinRequest.$Properties): gantry.node.v1.JoinRequest;
                 * }}
                 */
                JoinRequest.create = function(properties) {
                    return new JoinRequest(properties);
                };

                /**
                 * Encodes the specified JoinRequest message. Does not implicitly {@link gantry.node.v1.JoinRequest.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.JoinRequest
                 * @static
                 * @param {gantry.node.v1.JoinRequest.$Properties} message JoinRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                JoinRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.token);
                    if (message.nodeName != null && $Object.hasOwnProperty.call(message, "nodeName") && message.nodeName !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.nodeName);
                    if (message.csr != null && $Object.hasOwnProperty.call(message, "csr") && message.csr.length)
                        writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.csr);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a JoinRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.JoinRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.JoinRequest & gantry.node.v1.JoinRequest.$Shape} JoinRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                JoinRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.JoinRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.token = value;
                                else
                                    delete message.token;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.nodeName = value;
                                else
                                    delete message.nodeName;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.csr = value;
                                else
                                    delete message.csr;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a JoinRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.JoinRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.JoinRequest} JoinRequest
                 */
                JoinRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.JoinRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.JoinRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.JoinRequest();
                    if (object.token != null)
                        if (typeof object.token !== "string" || object.token.length)
                            message.token = $String(object.token);
                    if (object.nodeName != null)
                        if (typeof object.nodeName !== "string" || object.nodeName.length)
                            message.nodeName = $String(object.nodeName);
                    if (object.csr != null)
                        if (object.csr.length)
                            if (typeof object.csr === "string")
                                $util.base64.decode(object.csr, message.csr = $util.newBuffer($util.base64.length(object.csr)), 0);
                            else if (object.csr.length >= 0)
                                message.csr = object.csr;
                    return message;
                };

                /**
                 * Creates a plain object from a JoinRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.JoinRequest
                 * @static
                 * @param {gantry.node.v1.JoinRequest} message JoinRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                JoinRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.token = "";
                        object.nodeName = "";
                        if (options.bytes === $String)
                            object.csr = "";
                        else {
                            object.csr = [];
                            if (options.bytes !== $Array)
                                object.csr = $util.newBuffer(object.csr);
                        }
                    }
                    if (message.token != null && $Object.hasOwnProperty.call(message, "token"))
                        object.token = message.token;
                    if (message.nodeName != null && $Object.hasOwnProperty.call(message, "nodeName"))
                        object.nodeName = message.nodeName;
                    if (message.csr != null && $Object.hasOwnProperty.call(message, "csr"))
                        object.csr = options.bytes === $String ? $util.base64.encode(message.csr, 0, message.csr.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.csr) : message.csr;
                    return object;
                };

                /**
                 * Converts this JoinRequest to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.JoinRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                JoinRequest.prototype.toJSON = function() {
                    return JoinRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for JoinRequest
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.JoinRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                JoinRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.JoinRequest";
                };

                return JoinRequest;
            })();

            v1.RenewRequest = (function() {

                /**
                 * Properties of a RenewRequest.
                 * @typedef {Object} gantry.node.v1.RenewRequest.$Properties
                 * @property {Uint8Array|null} [csr] RenewRequest csr
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a RenewRequest.
                 * @memberof gantry.node.v1
                 * @interface IRenewRequest
                 * @augments gantry.node.v1.RenewRequest.$Properties
                 * @deprecated Use gantry.node.v1.RenewRequest.$Properties instead.
                 */

                /**
                 * Shape of a RenewRequest.
                 * @typedef {gantry.node.v1.RenewRequest.$Properties} gantry.node.v1.RenewRequest.$Shape
                 */

                /**
                 * Constructs a new RenewRequest.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a RenewRequest.
                 * @constructor
                 * @param {gantry.node.v1.RenewRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const RenewRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * RenewRequest csr.
                 * @member {Uint8Array} csr
                 * @memberof gantry.node.v1.RenewRequest
                 * @instance
                 */
                RenewRequest.prototype.csr = $util.newBuffer([]);

                /**
                 * Creates a new RenewRequest instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.RenewRequest
                 * @static
                 * @param {gantry.node.v1.RenewRequest.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.RenewRequest} RenewRequest instance
                 * @type {{
                 *   (properties: gantry.node.v1.RenewRequest.$Shape): gantry.node.v1.RenewRequest & gantry.node.v1.RenewRequest.$Shape;
                 *   (properties?: gantry.node.v1.RenewRequest.$Properties): gantry.node.v1.RenewRequest;
                 * }}
                 */
                RenewRequest.create = function(properties) {
                    return new RenewRequest(properties);
                };

                /**
                 * Encodes the specified RenewRequest message. Does not implicitly {@link gantry.node.v1.RenewRequest.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.RenewRequest
                 * @static
                 * @param {gantry.node.v1.RenewRequest.$Properties} message RenewRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                RenewRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.csr != null && $Object.hasOwnProperty.call(message, "csr") && message.csr.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.csr);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a RenewRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.RenewRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.RenewRequest & gantry.node.v1.RenewRequest.$Shape} RenewRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                RenewRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.RenewRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.csr = value;
                                else
                                    delete message.csr;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a RenewRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.RenewRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.RenewRequest} RenewRequest
                 */
                RenewRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.RenewRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.RenewRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.RenewRequest();
                    if (object.csr != null)
                        if (object.csr.length)
                            if (typeof object.csr === "string")
                                $util.base64.decode(object.csr, message.csr = $util.newBuffer($util.base64.length(object.csr)), 0);
                            else if (object.csr.length >= 0)
                                message.csr = object.csr;
                    return message;
                };

                /**
                 * Creates a plain object from a RenewRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.RenewRequest
                 * @static
                 * @param {gantry.node.v1.RenewRequest} message RenewRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                RenewRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        if (options.bytes === $String)
                            object.csr = "";
                        else {
                            object.csr = [];
                            if (options.bytes !== $Array)
                                object.csr = $util.newBuffer(object.csr);
                        }
                    if (message.csr != null && $Object.hasOwnProperty.call(message, "csr"))
                        object.csr = options.bytes === $String ? $util.base64.encode(message.csr, 0, message.csr.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.csr) : message.csr;
                    return object;
                };

                /**
                 * Converts this RenewRequest to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.RenewRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                RenewRequest.prototype.toJSON = function() {
                    return RenewRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for RenewRequest
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.RenewRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                RenewRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.RenewRequest";
                };

                return RenewRequest;
            })();

            v1.JoinResponse = (function() {

                /**
                 * Properties of a JoinResponse.
                 * @typedef {Object} gantry.node.v1.JoinResponse.$Properties
                 * @property {string|null} [certificate] JoinResponse certificate
                 * @property {string|null} [ca] JoinResponse ca
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a JoinResponse.
                 * @memberof gantry.node.v1
                 * @interface IJoinResponse
                 * @augments gantry.node.v1.JoinResponse.$Properties
                 * @deprecated Use gantry.node.v1.JoinResponse.$Properties instead.
                 */

                /**
                 * Shape of a JoinResponse.
                 * @typedef {gantry.node.v1.JoinResponse.$Properties} gantry.node.v1.JoinResponse.$Shape
                 */

                /**
                 * Constructs a new JoinResponse.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a JoinResponse.
                 * @constructor
                 * @param {gantry.node.v1.JoinResponse.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const JoinResponse = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * JoinResponse certificate.
                 * @member {string} certificate
                 * @memberof gantry.node.v1.JoinResponse
                 * @instance
                 */
                JoinResponse.prototype.certificate = "";

                /**
                 * JoinResponse ca.
                 * @member {string} ca
                 * @memberof gantry.node.v1.JoinResponse
                 * @instance
                 */
                JoinResponse.prototype.ca = "";

                /**
                 * Creates a new JoinResponse instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.JoinResponse
                 * @static
                 * @param {gantry.node.v1.JoinResponse.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.JoinResponse} JoinResponse instance
                 * @type {{
                 *   (properties: gantry.node.v1.JoinResponse.$Shape): gantry.node.v1.JoinResponse & gantry.node.v1.JoinResponse.$Shape;
                 *   (properties?: gantry.node.v1.JoinResponse.$Properties): gantry.node.v1.JoinResponse;
                 * }}
                 */
                JoinResponse.create = function(properties) {
                    return new JoinResponse(properties);
                };

                /**
                 * Encodes the specified JoinResponse message. Does not implicitly {@link gantry.node.v1.JoinResponse.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.JoinResponse
                 * @static
                 * @param {gantry.node.v1.JoinResponse.$Properties} message JoinResponse message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                JoinResponse.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.certificate != null && $Object.hasOwnProperty.call(message, "certificate") && message.certificate !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.certificate);
                    if (message.ca != null && $Object.hasOwnProperty.call(message, "ca") && message.ca !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.ca);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a JoinResponse message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.JoinResponse
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.JoinResponse & gantry.node.v1.JoinResponse.$Shape} JoinResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                JoinResponse.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.JoinResponse();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.certificate = value;
                                else
                                    delete message.certificate;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.ca = value;
                                else
                                    delete message.ca;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a JoinResponse message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.JoinResponse
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.JoinResponse} JoinResponse
                 */
                JoinResponse.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.JoinResponse)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.JoinResponse: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.JoinResponse();
                    if (object.certificate != null)
                        if (typeof object.certificate !== "string" || object.certificate.length)
                            message.certificate = $String(object.certificate);
                    if (object.ca != null)
                        if (typeof object.ca !== "string" || object.ca.length)
                            message.ca = $String(object.ca);
                    return message;
                };

                /**
                 * Creates a plain object from a JoinResponse message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.JoinResponse
                 * @static
                 * @param {gantry.node.v1.JoinResponse} message JoinResponse
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                JoinResponse.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.certificate = "";
                        object.ca = "";
                    }
                    if (message.certificate != null && $Object.hasOwnProperty.call(message, "certificate"))
                        object.certificate = message.certificate;
                    if (message.ca != null && $Object.hasOwnProperty.call(message, "ca"))
                        object.ca = message.ca;
                    return object;
                };

                /**
                 * Converts this JoinResponse to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.JoinResponse
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                JoinResponse.prototype.toJSON = function() {
                    return JoinResponse.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for JoinResponse
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.JoinResponse
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                JoinResponse.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.JoinResponse";
                };

                return JoinResponse;
            })();

            v1.AgentMessage = (function() {

                /**
                 * Properties of an AgentMessage.
                 * @typedef {Object} gantry.node.v1.AgentMessage.$Properties
                 * @property {gantry.node.v1.Hello.$Properties|null} [hello] AgentMessage hello
                 * @property {gantry.node.v1.NodeStatus.$Properties|null} [nodeStatus] AgentMessage nodeStatus
                 * @property {gantry.node.v1.Heartbeat.$Properties|null} [heartbeat] AgentMessage heartbeat
                 * @property {gantry.node.v1.PodStatus.$Properties|null} [podStatus] AgentMessage podStatus
                 * @property {gantry.node.v1.PodTerminated.$Properties|null} [podTerminated] AgentMessage podTerminated
                 * @property {gantry.node.v1.EventRecord.$Properties|null} [event] AgentMessage event
                 * @property {gantry.node.v1.StreamRefused.$Properties|null} [streamRefused] AgentMessage streamRefused
                 * @property {"hello"|"nodeStatus"|"heartbeat"|"podStatus"|"podTerminated"|"event"|"streamRefused"} [message] AgentMessage message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an AgentMessage.
                 * @memberof gantry.node.v1
                 * @interface IAgentMessage
                 * @augments gantry.node.v1.AgentMessage.$Properties
                 * @deprecated Use gantry.node.v1.AgentMessage.$Properties instead.
                 */

                /**
                 * Narrowed shape of an AgentMessage.
                 * @typedef {{
                 *   hello?: gantry.node.v1.Hello.$Shape|null;
                 *   nodeStatus?: gantry.node.v1.NodeStatus.$Shape|null;
                 *   heartbeat?: gantry.node.v1.Heartbeat.$Shape|null;
                 *   podStatus?: gantry.node.v1.PodStatus.$Shape|null;
                 *   podTerminated?: gantry.node.v1.PodTerminated.$Shape|null;
                 *   event?: gantry.node.v1.EventRecord.$Shape|null;
                 *   streamRefused?: gantry.node.v1.StreamRefused.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ message?: undefined; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "hello"; hello: gantry.node.v1.Hello.$Shape; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "nodeStatus"; hello?: null; nodeStatus: gantry.node.v1.NodeStatus.$Shape; heartbeat?: null; podStatus?: null; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "heartbeat"; hello?: null; nodeStatus?: null; heartbeat: gantry.node.v1.Heartbeat.$Shape; podStatus?: null; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "podStatus"; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus: gantry.node.v1.PodStatus.$Shape; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "podTerminated"; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated: gantry.node.v1.PodTerminated.$Shape; event?: null; streamRefused?: null }|{ message?: "event"; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated?: null; event: gantry.node.v1.EventRecord.$Shape; streamRefused?: null }|{ message?: "streamRefused"; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated?: null; event?: null; streamRefused: gantry.node.v1.StreamRefused.$Shape })
                 * )} gantry.node.v1.AgentMessage.$Shape
                 */

                /**
                 * Constructs a new AgentMessage.
                 * @memberof gantry.node.v1
                 * @classdesc Represents an AgentMessage.
                 * @constructor
                 * @param {gantry.node.v1.AgentMessage.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const AgentMessage = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * AgentMessage hello.
                 * @member {gantry.node.v1.Hello.$Properties|null|undefined} hello
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 */
                AgentMessage.prototype.hello = null;

                /**
                 * AgentMessage nodeStatus.
                 * @member {gantry.node.v1.NodeStatus.$Properties|null|undefined} nodeStatus
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 */
                AgentMessage.prototype.nodeStatus = null;

                /**
                 * AgentMessage heartbeat.
                 * @member {gantry.node.v1.Heartbeat.$Properties|null|undefined} heartbeat
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 */
                AgentMessage.prototype.heartbeat = null;

                /**
                 * AgentMessage podStatus.
                 * @member {gantry.node.v1.PodStatus.$Properties|null|undefined} podStatus
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 */
                AgentMessage.prototype.podStatus = null;

                /**
                 * AgentMessage podTerminated.
                 * @member {gantry.node.v1.PodTerminated.$Properties|null|undefined} podTerminated
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 */
                AgentMessage.prototype.podTerminated = null;

                /**
                 * AgentMessage event.
                 * @member {gantry.node.v1.EventRecord.$Properties|null|undefined} event
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 */
                AgentMessage.prototype.event = null;

                /**
                 * AgentMessage streamRefused.
                 * @member {gantry.node.v1.StreamRefused.$Properties|null|undefined} streamRefused
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 */
                AgentMessage.prototype.streamRefused = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * AgentMessage message.
                 * @member {"hello"|"nodeStatus"|"heartbeat"|"podStatus"|"podTerminated"|"event"|"streamRefused"|undefined} message
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 */
                $Object.defineProperty(AgentMessage.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["hello", "nodeStatus", "heartbeat", "podStatus", "podTerminated", "event", "streamRefused"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new AgentMessage instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.AgentMessage
                 * @static
                 * @param {gantry.node.v1.AgentMessage.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.AgentMessage} AgentMessage instance
                 * @type {{
                 *   (properties: gantry.node.v1.AgentMessage.$Shape): gantry.node.v1.AgentMessage & gantry.node.v1.AgentMessage.$Shape;
                 *   (properties?: gantry.node.v1.AgentMessage.$Properties): gantry.node.v1.AgentMessage;
                 * }}
                 */
                AgentMessage.create = function(properties) {
                    return new AgentMessage(properties);
                };

                /**
                 * Encodes the specified AgentMessage message. Does not implicitly {@link gantry.node.v1.AgentMessage.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.AgentMessage
                 * @static
                 * @param {gantry.node.v1.AgentMessage.$Properties} message AgentMessage message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                AgentMessage.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                        $root.gantry.node.v1.Hello.encode(message.hello, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.nodeStatus != null && $Object.hasOwnProperty.call(message, "nodeStatus"))
                        $root.gantry.node.v1.NodeStatus.encode(message.nodeStatus, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat"))
                        $root.gantry.node.v1.Heartbeat.encode(message.heartbeat, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.podStatus != null && $Object.hasOwnProperty.call(message, "podStatus"))
                        $root.gantry.node.v1.PodStatus.encode(message.podStatus, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.podTerminated != null && $Object.hasOwnProperty.call(message, "podTerminated"))
                        $root.gantry.node.v1.PodTerminated.encode(message.podTerminated, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.event != null && $Object.hasOwnProperty.call(message, "event"))
                        $root.gantry.node.v1.EventRecord.encode(message.event, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.streamRefused != null && $Object.hasOwnProperty.call(message, "streamRefused"))
                        $root.gantry.node.v1.StreamRefused.encode(message.streamRefused, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an AgentMessage message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.AgentMessage
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.AgentMessage & gantry.node.v1.AgentMessage.$Shape} AgentMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                AgentMessage.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.AgentMessage();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.hello = $root.gantry.node.v1.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                                message.message = "hello";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.nodeStatus = $root.gantry.node.v1.NodeStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.nodeStatus);
                                message.message = "nodeStatus";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.heartbeat = $root.gantry.node.v1.Heartbeat.decode(reader, reader.size(), $undefined, _depth + 1, message.heartbeat);
                                message.message = "heartbeat";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.podStatus = $root.gantry.node.v1.PodStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.podStatus);
                                message.message = "podStatus";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.podTerminated = $root.gantry.node.v1.PodTerminated.decode(reader, reader.size(), $undefined, _depth + 1, message.podTerminated);
                                message.message = "podTerminated";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.event = $root.gantry.node.v1.EventRecord.decode(reader, reader.size(), $undefined, _depth + 1, message.event);
                                message.message = "event";
                                continue;
                            }
                        case 7: {
                                if (wireType !== 2)
                                    break;
                                message.streamRefused = $root.gantry.node.v1.StreamRefused.decode(reader, reader.size(), $undefined, _depth + 1, message.streamRefused);
                                message.message = "streamRefused";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an AgentMessage message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.AgentMessage
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.AgentMessage} AgentMessage
                 */
                AgentMessage.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.AgentMessage)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.AgentMessage: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.AgentMessage();
                    if (object.hello != null) {
                        if (!$util.isObject(object.hello))
                            throw $TypeError(".gantry.node.v1.AgentMessage.hello: object expected");
                        message.hello = $root.gantry.node.v1.Hello.fromObject(object.hello, _depth + 1);
                    }
                    if (object.nodeStatus != null) {
                        if (!$util.isObject(object.nodeStatus))
                            throw $TypeError(".gantry.node.v1.AgentMessage.nodeStatus: object expected");
                        message.nodeStatus = $root.gantry.node.v1.NodeStatus.fromObject(object.nodeStatus, _depth + 1);
                    }
                    if (object.heartbeat != null) {
                        if (!$util.isObject(object.heartbeat))
                            throw $TypeError(".gantry.node.v1.AgentMessage.heartbeat: object expected");
                        message.heartbeat = $root.gantry.node.v1.Heartbeat.fromObject(object.heartbeat, _depth + 1);
                    }
                    if (object.podStatus != null) {
                        if (!$util.isObject(object.podStatus))
                            throw $TypeError(".gantry.node.v1.AgentMessage.podStatus: object expected");
                        message.podStatus = $root.gantry.node.v1.PodStatus.fromObject(object.podStatus, _depth + 1);
                    }
                    if (object.podTerminated != null) {
                        if (!$util.isObject(object.podTerminated))
                            throw $TypeError(".gantry.node.v1.AgentMessage.podTerminated: object expected");
                        message.podTerminated = $root.gantry.node.v1.PodTerminated.fromObject(object.podTerminated, _depth + 1);
                    }
                    if (object.event != null) {
                        if (!$util.isObject(object.event))
                            throw $TypeError(".gantry.node.v1.AgentMessage.event: object expected");
                        message.event = $root.gantry.node.v1.EventRecord.fromObject(object.event, _depth + 1);
                    }
                    if (object.streamRefused != null) {
                        if (!$util.isObject(object.streamRefused))
                            throw $TypeError(".gantry.node.v1.AgentMessage.streamRefused: object expected");
                        message.streamRefused = $root.gantry.node.v1.StreamRefused.fromObject(object.streamRefused, _depth + 1);
                    }
                    return message;
                };

                /**
                 * Creates a plain object from an AgentMessage message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.AgentMessage
                 * @static
                 * @param {gantry.node.v1.AgentMessage} message AgentMessage
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                AgentMessage.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (message.hello != null && $Object.hasOwnProperty.call(message, "hello")) {
                        object.hello = $root.gantry.node.v1.Hello.toObject(message.hello, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "hello";
                    }
                    if (message.nodeStatus != null && $Object.hasOwnProperty.call(message, "nodeStatus")) {
                        object.nodeStatus = $root.gantry.node.v1.NodeStatus.toObject(message.nodeStatus, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "nodeStatus";
                    }
                    if (message.heartbeat != null && $Object.hasOwnProperty.call(message, "heartbeat")) {
                        object.heartbeat = $root.gantry.node.v1.Heartbeat.toObject(message.heartbeat, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "heartbeat";
                    }
                    if (message.podStatus != null && $Object.hasOwnProperty.call(message, "podStatus")) {
                        object.podStatus = $root.gantry.node.v1.PodStatus.toObject(message.podStatus, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "podStatus";
                    }
                    if (message.podTerminated != null && $Object.hasOwnProperty.call(message, "podTerminated")) {
                        object.podTerminated = $root.gantry.node.v1.PodTerminated.toObject(message.podTerminated, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "podTerminated";
                    }
                    if (message.event != null && $Object.hasOwnProperty.call(message, "event")) {
                        object.event = $root.gantry.node.v1.EventRecord.toObject(message.event, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "event";
                    }
                    if (message.streamRefused != null && $Object.hasOwnProperty.call(message, "streamRefused")) {
                        object.streamRefused = $root.gantry.node.v1.StreamRefused.toObject(message.streamRefused, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "streamRefused";
                    }
                    return object;
                };

                /**
                 * Converts this AgentMessage to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.AgentMessage
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                AgentMessage.prototype.toJSON = function() {
                    return AgentMessage.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for AgentMessage
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.AgentMessage
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                AgentMessage.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.AgentMessage";
                };

                return AgentMessage;
            })();

            v1.Hello = (function() {

                /**
                 * Properties of a Hello.
                 * @typedef {Object} gantry.node.v1.Hello.$Properties
                 * @property {string|null} [agentVersion] Hello agentVersion
                 * @property {Uint8Array|null} [node] Hello node
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Hello.
                 * @memberof gantry.node.v1
                 * @interface IHello
                 * @augments gantry.node.v1.Hello.$Properties
                 * @deprecated Use gantry.node.v1.Hello.$Properties instead.
                 */

                /**
                 * Shape of a Hello.
                 * @typedef {gantry.node.v1.Hello.$Properties} gantry.node.v1.Hello.$Shape
                 */

                /**
                 * Constructs a new Hello.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a Hello.
                 * @constructor
                 * @param {gantry.node.v1.Hello.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Hello = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Hello agentVersion.
                 * @member {string} agentVersion
                 * @memberof gantry.node.v1.Hello
                 * @instance
                 */
                Hello.prototype.agentVersion = "";

                /**
                 * Hello node.
                 * @member {Uint8Array} node
                 * @memberof gantry.node.v1.Hello
                 * @instance
                 */
                Hello.prototype.node = $util.newBuffer([]);

                /**
                 * Creates a new Hello instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.Hello
                 * @static
                 * @param {gantry.node.v1.Hello.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.Hello} Hello instance
                 * @type {{
                 *   (properties: gantry.node.v1.Hello.$Shape): gantry.node.v1.Hello & gantry.node.v1.Hello.$Shape;
                 *   (properties?: gantry.node.v1.Hello.$Properties): gantry.node.v1.Hello;
                 * }}
                 */
                Hello.create = function(properties) {
                    return new Hello(properties);
                };

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link gantry.node.v1.Hello.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.Hello
                 * @static
                 * @param {gantry.node.v1.Hello.$Properties} message Hello message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Hello.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.agentVersion);
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.node);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.Hello
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Hello & gantry.node.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Hello.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.Hello();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.agentVersion = value;
                                else
                                    delete message.agentVersion;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.node = value;
                                else
                                    delete message.node;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Hello message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.Hello
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.Hello} Hello
                 */
                Hello.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.Hello)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.Hello: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.Hello();
                    if (object.agentVersion != null)
                        if (typeof object.agentVersion !== "string" || object.agentVersion.length)
                            message.agentVersion = $String(object.agentVersion);
                    if (object.node != null)
                        if (object.node.length)
                            if (typeof object.node === "string")
                                $util.base64.decode(object.node, message.node = $util.newBuffer($util.base64.length(object.node)), 0);
                            else if (object.node.length >= 0)
                                message.node = object.node;
                    return message;
                };

                /**
                 * Creates a plain object from a Hello message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.Hello
                 * @static
                 * @param {gantry.node.v1.Hello} message Hello
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Hello.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.agentVersion = "";
                        if (options.bytes === $String)
                            object.node = "";
                        else {
                            object.node = [];
                            if (options.bytes !== $Array)
                                object.node = $util.newBuffer(object.node);
                        }
                    }
                    if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion"))
                        object.agentVersion = message.agentVersion;
                    if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                        object.node = options.bytes === $String ? $util.base64.encode(message.node, 0, message.node.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.node) : message.node;
                    return object;
                };

                /**
                 * Converts this Hello to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.Hello
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Hello.prototype.toJSON = function() {
                    return Hello.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Hello
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.Hello
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Hello.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.Hello";
                };

                return Hello;
            })();

            v1.NodeStatus = (function() {

                /**
                 * Properties of a NodeStatus.
                 * @typedef {Object} gantry.node.v1.NodeStatus.$Properties
                 * @property {Uint8Array|null} [status] NodeStatus status
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a NodeStatus.
                 * @memberof gantry.node.v1
                 * @interface INodeStatus
                 * @augments gantry.node.v1.NodeStatus.$Properties
                 * @deprecated Use gantry.node.v1.NodeStatus.$Properties instead.
                 */

                /**
                 * Shape of a NodeStatus.
                 * @typedef {gantry.node.v1.NodeStatus.$Properties} gantry.node.v1.NodeStatus.$Shape
                 */

                /**
                 * Constructs a new NodeStatus.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a NodeStatus.
                 * @constructor
                 * @param {gantry.node.v1.NodeStatus.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const NodeStatus = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * NodeStatus status.
                 * @member {Uint8Array} status
                 * @memberof gantry.node.v1.NodeStatus
                 * @instance
                 */
                NodeStatus.prototype.status = $util.newBuffer([]);

                /**
                 * Creates a new NodeStatus instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.NodeStatus
                 * @static
                 * @param {gantry.node.v1.NodeStatus.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.NodeStatus} NodeStatus instance
                 * @type {{
                 *   (properties: gantry.node.v1.NodeStatus.$Shape): gantry.node.v1.NodeStatus & gantry.node.v1.NodeStatus.$Shape;
                 *   (properties?: gantry.node.v1.NodeStatus.$Properties): gantry.node.v1.NodeStatus;
                 * }}
                 */
                NodeStatus.create = function(properties) {
                    return new NodeStatus(properties);
                };

                /**
                 * Encodes the specified NodeStatus message. Does not implicitly {@link gantry.node.v1.NodeStatus.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.NodeStatus
                 * @static
                 * @param {gantry.node.v1.NodeStatus.$Properties} message NodeStatus message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                NodeStatus.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.status);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a NodeStatus message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.NodeStatus
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.NodeStatus & gantry.node.v1.NodeStatus.$Shape} NodeStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                NodeStatus.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.NodeStatus();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.status = value;
                                else
                                    delete message.status;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a NodeStatus message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.NodeStatus
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.NodeStatus} NodeStatus
                 */
                NodeStatus.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.NodeStatus)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.NodeStatus: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.NodeStatus();
                    if (object.status != null)
                        if (object.status.length)
                            if (typeof object.status === "string")
                                $util.base64.decode(object.status, message.status = $util.newBuffer($util.base64.length(object.status)), 0);
                            else if (object.status.length >= 0)
                                message.status = object.status;
                    return message;
                };

                /**
                 * Creates a plain object from a NodeStatus message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.NodeStatus
                 * @static
                 * @param {gantry.node.v1.NodeStatus} message NodeStatus
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                NodeStatus.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        if (options.bytes === $String)
                            object.status = "";
                        else {
                            object.status = [];
                            if (options.bytes !== $Array)
                                object.status = $util.newBuffer(object.status);
                        }
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                        object.status = options.bytes === $String ? $util.base64.encode(message.status, 0, message.status.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.status) : message.status;
                    return object;
                };

                /**
                 * Converts this NodeStatus to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.NodeStatus
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                NodeStatus.prototype.toJSON = function() {
                    return NodeStatus.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for NodeStatus
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.NodeStatus
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                NodeStatus.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.NodeStatus";
                };

                return NodeStatus;
            })();

            v1.Heartbeat = (function() {

                /**
                 * Properties of a Heartbeat.
                 * @typedef {Object} gantry.node.v1.Heartbeat.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Heartbeat.
                 * @memberof gantry.node.v1
                 * @interface IHeartbeat
                 * @augments gantry.node.v1.Heartbeat.$Properties
                 * @deprecated Use gantry.node.v1.Heartbeat.$Properties instead.
                 */

                /**
                 * Shape of a Heartbeat.
                 * @typedef {gantry.node.v1.Heartbeat.$Properties} gantry.node.v1.Heartbeat.$Shape
                 */

                /**
                 * Constructs a new Heartbeat.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a Heartbeat.
                 * @constructor
                 * @param {gantry.node.v1.Heartbeat.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Heartbeat = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Creates a new Heartbeat instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.Heartbeat
                 * @static
                 * @param {gantry.node.v1.Heartbeat.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.Heartbeat} Heartbeat instance
                 * @type {{
                 *   (properties: gantry.node.v1.Heartbeat.$Shape): gantry.node.v1.Heartbeat & gantry.node.v1.Heartbeat.$Shape;
                 *   (properties?: gantry.node.v1.Heartbeat.$Properties): gantry.node.v1.Heartbeat;
                 * }}
                 */
                Heartbeat.create = function(properties) {
                    return new Heartbeat(properties);
                };

                /**
                 * Encodes the specified Heartbeat message. Does not implicitly {@link gantry.node.v1.Heartbeat.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.Heartbeat
                 * @static
                 * @param {gantry.node.v1.Heartbeat.$Properties} message Heartbeat message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Heartbeat.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Heartbeat message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.Heartbeat
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Heartbeat & gantry.node.v1.Heartbeat.$Shape} Heartbeat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Heartbeat.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.Heartbeat();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Heartbeat message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.Heartbeat
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.Heartbeat} Heartbeat
                 */
                Heartbeat.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.Heartbeat)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.Heartbeat: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    return new $root.gantry.node.v1.Heartbeat();
                };

                /**
                 * Creates a plain object from a Heartbeat message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.Heartbeat
                 * @static
                 * @param {gantry.node.v1.Heartbeat} message Heartbeat
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Heartbeat.toObject = function () {
                    return {};
                };

                /**
                 * Converts this Heartbeat to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.Heartbeat
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Heartbeat.prototype.toJSON = function() {
                    return Heartbeat.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Heartbeat
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.Heartbeat
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Heartbeat.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.Heartbeat";
                };

                return Heartbeat;
            })();

            v1.PodStatus = (function() {

                /**
                 * Properties of a PodStatus.
                 * @typedef {Object} gantry.node.v1.PodStatus.$Properties
                 * @property {number|null} [sequence] PodStatus sequence
                 * @property {string|null} [namespace] PodStatus namespace
                 * @property {string|null} [name] PodStatus name
                 * @property {string|null} [uid] PodStatus uid
                 * @property {Uint8Array|null} [status] PodStatus status
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a PodStatus.
                 * @memberof gantry.node.v1
                 * @interface IPodStatus
                 * @augments gantry.node.v1.PodStatus.$Properties
                 * @deprecated Use gantry.node.v1.PodStatus.$Properties instead.
                 */

                /**
                 * Shape of a PodStatus.
                 * @typedef {gantry.node.v1.PodStatus.$Properties} gantry.node.v1.PodStatus.$Shape
                 */

                /**
                 * Constructs a new PodStatus.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a PodStatus.
                 * @constructor
                 * @param {gantry.node.v1.PodStatus.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const PodStatus = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * PodStatus sequence.
                 * @member {number} sequence
                 * @memberof gantry.node.v1.PodStatus
                 * @instance
                 */
                PodStatus.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * PodStatus namespace.
                 * @member {string} namespace
                 * @memberof gantry.node.v1.PodStatus
                 * @instance
                 */
                PodStatus.prototype.namespace = "";

                /**
                 * PodStatus name.
                 * @member {string} name
                 * @memberof gantry.node.v1.PodStatus
                 * @instance
                 */
                PodStatus.prototype.name = "";

                /**
                 * PodStatus uid.
                 * @member {string} uid
                 * @memberof gantry.node.v1.PodStatus
                 * @instance
                 */
                PodStatus.prototype.uid = "";

                /**
                 * PodStatus status.
                 * @member {Uint8Array} status
                 * @memberof gantry.node.v1.PodStatus
                 * @instance
                 */
                PodStatus.prototype.status = $util.newBuffer([]);

                /**
                 * Creates a new PodStatus instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.PodStatus
                 * @static
                 * @param {gantry.node.v1.PodStatus.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.PodStatus} PodStatus instance
                 * @type {{
                 *   (properties: gantry.node.v1.PodStatus.$Shape): gantry.node.v1.PodStatus & gantry.node.v1.PodStatus.$Shape;
                 *   (properties?: gantry.node.v1.PodStatus.$Properties): gantry.node.v1.PodStatus;
                 * }}
                 */
                PodStatus.create = function(properties) {
                    return new PodStatus(properties);
                };

                /**
                 * Encodes the specified PodStatus message. Does not implicitly {@link gantry.node.v1.PodStatus.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.PodStatus
                 * @static
                 * @param {gantry.node.v1.PodStatus.$Properties} message PodStatus message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                PodStatus.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.sequence);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.uid);
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status.length)
                        writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.status);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a PodStatus message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.PodStatus
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.PodStatus & gantry.node.v1.PodStatus.$Shape} PodStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                PodStatus.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.PodStatus();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sequence = value;
                                else
                                    delete message.sequence;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.status = value;
                                else
                                    delete message.status;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a PodStatus message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.PodStatus
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.PodStatus} PodStatus
                 */
                PodStatus.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.PodStatus)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.PodStatus: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.PodStatus();
                    if (object.sequence != null)
                        if (typeof object.sequence === "object" ? object.sequence.low || object.sequence.high : $Number(object.sequence) !== 0)
                            if ($util.Long)
                                message.sequence = $util.Long.fromValue(object.sequence, true);
                            else if (typeof object.sequence === "string")
                                message.sequence = $parseInt(object.sequence, 10);
                            else if (typeof object.sequence === "number")
                                message.sequence = object.sequence;
                            else if (typeof object.sequence === "object")
                                message.sequence = new $util.LongBits(object.sequence.low >>> 0, object.sequence.high >>> 0).toNumber(true);
                    if (object.namespace != null)
                        if (typeof object.namespace !== "string" || object.namespace.length)
                            message.namespace = $String(object.namespace);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.uid != null)
                        if (typeof object.uid !== "string" || object.uid.length)
                            message.uid = $String(object.uid);
                    if (object.status != null)
                        if (object.status.length)
                            if (typeof object.status === "string")
                                $util.base64.decode(object.status, message.status = $util.newBuffer($util.base64.length(object.status)), 0);
                            else if (object.status.length >= 0)
                                message.status = object.status;
                    return message;
                };

                /**
                 * Creates a plain object from a PodStatus message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.PodStatus
                 * @static
                 * @param {gantry.node.v1.PodStatus} message PodStatus
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                PodStatus.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.sequence = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.sequence = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.namespace = "";
                        object.name = "";
                        object.uid = "";
                        if (options.bytes === $String)
                            object.status = "";
                        else {
                            object.status = [];
                            if (options.bytes !== $Array)
                                object.status = $util.newBuffer(object.status);
                        }
                    }
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.sequence = typeof message.sequence === "number" ? $BigInt(message.sequence) : $util.Long.fromBits(message.sequence.low >>> 0, message.sequence.high >>> 0, true).toBigInt();
                        else if (typeof message.sequence === "number")
                            object.sequence = options.longs === $String ? $String(message.sequence) : message.sequence;
                        else
                            object.sequence = options.longs === $String ? $util.Long.prototype.toString.call(message.sequence) : options.longs === $Number ? new $util.LongBits(message.sequence.low >>> 0, message.sequence.high >>> 0).toNumber(true) : message.sequence;
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                        object.namespace = message.namespace;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
                        object.uid = message.uid;
                    if (message.status != null && $Object.hasOwnProperty.call(message, "status"))
                        object.status = options.bytes === $String ? $util.base64.encode(message.status, 0, message.status.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.status) : message.status;
                    return object;
                };

                /**
                 * Converts this PodStatus to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.PodStatus
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                PodStatus.prototype.toJSON = function() {
                    return PodStatus.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for PodStatus
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.PodStatus
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                PodStatus.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.PodStatus";
                };

                return PodStatus;
            })();

            v1.PodTerminated = (function() {

                /**
                 * Properties of a PodTerminated.
                 * @typedef {Object} gantry.node.v1.PodTerminated.$Properties
                 * @property {number|null} [sequence] PodTerminated sequence
                 * @property {string|null} [namespace] PodTerminated namespace
                 * @property {string|null} [name] PodTerminated name
                 * @property {string|null} [uid] PodTerminated uid
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a PodTerminated.
                 * @memberof gantry.node.v1
                 * @interface IPodTerminated
                 * @augments gantry.node.v1.PodTerminated.$Properties
                 * @deprecated Use gantry.node.v1.PodTerminated.$Properties instead.
                 */

                /**
                 * Shape of a PodTerminated.
                 * @typedef {gantry.node.v1.PodTerminated.$Properties} gantry.node.v1.PodTerminated.$Shape
                 */

                /**
                 * Constructs a new PodTerminated.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a PodTerminated.
                 * @constructor
                 * @param {gantry.node.v1.PodTerminated.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const PodTerminated = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * PodTerminated sequence.
                 * @member {number} sequence
                 * @memberof gantry.node.v1.PodTerminated
                 * @instance
                 */
                PodTerminated.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * PodTerminated namespace.
                 * @member {string} namespace
                 * @memberof gantry.node.v1.PodTerminated
                 * @instance
                 */
                PodTerminated.prototype.namespace = "";

                /**
                 * PodTerminated name.
                 * @member {string} name
                 * @memberof gantry.node.v1.PodTerminated
                 * @instance
                 */
                PodTerminated.prototype.name = "";

                /**
                 * PodTerminated uid.
                 * @member {string} uid
                 * @memberof gantry.node.v1.PodTerminated
                 * @instance
                 */
                PodTerminated.prototype.uid = "";

                /**
                 * Creates a new PodTerminated instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.PodTerminated
                 * @static
                 * @param {gantry.node.v1.PodTerminated.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.PodTerminated} PodTerminated instance
                 * @type {{
                 *   (properties: gantry.node.v1.PodTerminated.$Shape): gantry.node.v1.PodTerminated & gantry.node.v1.PodTerminated.$Shape;
                 *   (properties?: gantry.node.v1.PodTerminated.$Properties): gantry.node.v1.PodTerminated;
                 * }}
                 */
                PodTerminated.create = function(properties) {
                    return new PodTerminated(properties);
                };

                /**
                 * Encodes the specified PodTerminated message. Does not implicitly {@link gantry.node.v1.PodTerminated.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.PodTerminated
                 * @static
                 * @param {gantry.node.v1.PodTerminated.$Properties} message PodTerminated message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                PodTerminated.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.sequence);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.uid);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a PodTerminated message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.PodTerminated
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.PodTerminated & gantry.node.v1.PodTerminated.$Shape} PodTerminated
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                PodTerminated.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.PodTerminated();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sequence = value;
                                else
                                    delete message.sequence;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a PodTerminated message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.PodTerminated
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.PodTerminated} PodTerminated
                 */
                PodTerminated.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.PodTerminated)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.PodTerminated: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.PodTerminated();
                    if (object.sequence != null)
                        if (typeof object.sequence === "object" ? object.sequence.low || object.sequence.high : $Number(object.sequence) !== 0)
                            if ($util.Long)
                                message.sequence = $util.Long.fromValue(object.sequence, true);
                            else if (typeof object.sequence === "string")
                                message.sequence = $parseInt(object.sequence, 10);
                            else if (typeof object.sequence === "number")
                                message.sequence = object.sequence;
                            else if (typeof object.sequence === "object")
                                message.sequence = new $util.LongBits(object.sequence.low >>> 0, object.sequence.high >>> 0).toNumber(true);
                    if (object.namespace != null)
                        if (typeof object.namespace !== "string" || object.namespace.length)
                            message.namespace = $String(object.namespace);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.uid != null)
                        if (typeof object.uid !== "string" || object.uid.length)
                            message.uid = $String(object.uid);
                    return message;
                };

                /**
                 * Creates a plain object from a PodTerminated message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.PodTerminated
                 * @static
                 * @param {gantry.node.v1.PodTerminated} message PodTerminated
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                PodTerminated.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.sequence = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.sequence = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.namespace = "";
                        object.name = "";
                        object.uid = "";
                    }
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.sequence = typeof message.sequence === "number" ? $BigInt(message.sequence) : $util.Long.fromBits(message.sequence.low >>> 0, message.sequence.high >>> 0, true).toBigInt();
                        else if (typeof message.sequence === "number")
                            object.sequence = options.longs === $String ? $String(message.sequence) : message.sequence;
                        else
                            object.sequence = options.longs === $String ? $util.Long.prototype.toString.call(message.sequence) : options.longs === $Number ? new $util.LongBits(message.sequence.low >>> 0, message.sequence.high >>> 0).toNumber(true) : message.sequence;
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                        object.namespace = message.namespace;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
                        object.uid = message.uid;
                    return object;
                };

                /**
                 * Converts this PodTerminated to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.PodTerminated
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                PodTerminated.prototype.toJSON = function() {
                    return PodTerminated.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for PodTerminated
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.PodTerminated
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                PodTerminated.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.PodTerminated";
                };

                return PodTerminated;
            })();

            v1.EventRecord = (function() {

                /**
                 * Properties of an EventRecord.
                 * @typedef {Object} gantry.node.v1.EventRecord.$Properties
                 * @property {Uint8Array|null} [event] EventRecord event
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an EventRecord.
                 * @memberof gantry.node.v1
                 * @interface IEventRecord
                 * @augments gantry.node.v1.EventRecord.$Properties
                 * @deprecated Use gantry.node.v1.EventRecord.$Properties instead.
                 */

                /**
                 * Shape of an EventRecord.
                 * @typedef {gantry.node.v1.EventRecord.$Properties} gantry.node.v1.EventRecord.$Shape
                 */

                /**
                 * Constructs a new EventRecord.
                 * @memberof gantry.node.v1
                 * @classdesc Represents an EventRecord.
                 * @constructor
                 * @param {gantry.node.v1.EventRecord.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const EventRecord = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * EventRecord event.
                 * @member {Uint8Array} event
                 * @memberof gantry.node.v1.EventRecord
                 * @instance
                 */
                EventRecord.prototype.event = $util.newBuffer([]);

                /**
                 * Creates a new EventRecord instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.EventRecord
                 * @static
                 * @param {gantry.node.v1.EventRecord.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.EventRecord} EventRecord instance
                 * @type {{
                 *   (properties: gantry.node.v1.EventRecord.$Shape): gantry.node.v1.EventRecord & gantry.node.v1.EventRecord.$Shape;
                 *   (properties?: gantry.node.v1.EventRecord.$Properties): gantry.node.v1.EventRecord;
                 * }}
                 */
                EventRecord.create = function(properties) {
                    return new EventRecord(properties);
                };

                /**
                 * Encodes the specified EventRecord message. Does not implicitly {@link gantry.node.v1.EventRecord.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.EventRecord
                 * @static
                 * @param {gantry.node.v1.EventRecord.$Properties} message EventRecord message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                EventRecord.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.event != null && $Object.hasOwnProperty.call(message, "event") && message.event.length)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.event);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an EventRecord message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.EventRecord
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.EventRecord & gantry.node.v1.EventRecord.$Shape} EventRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                EventRecord.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.EventRecord();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.event = value;
                                else
                                    delete message.event;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an EventRecord message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.EventRecord
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.EventRecord} EventRecord
                 */
                EventRecord.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.EventRecord)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.EventRecord: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.EventRecord();
                    if (object.event != null)
                        if (object.event.length)
                            if (typeof object.event === "string")
                                $util.base64.decode(object.event, message.event = $util.newBuffer($util.base64.length(object.event)), 0);
                            else if (object.event.length >= 0)
                                message.event = object.event;
                    return message;
                };

                /**
                 * Creates a plain object from an EventRecord message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.EventRecord
                 * @static
                 * @param {gantry.node.v1.EventRecord} message EventRecord
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                EventRecord.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        if (options.bytes === $String)
                            object.event = "";
                        else {
                            object.event = [];
                            if (options.bytes !== $Array)
                                object.event = $util.newBuffer(object.event);
                        }
                    if (message.event != null && $Object.hasOwnProperty.call(message, "event"))
                        object.event = options.bytes === $String ? $util.base64.encode(message.event, 0, message.event.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.event) : message.event;
                    return object;
                };

                /**
                 * Converts this EventRecord to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.EventRecord
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                EventRecord.prototype.toJSON = function() {
                    return EventRecord.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for EventRecord
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.EventRecord
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                EventRecord.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.EventRecord";
                };

                return EventRecord;
            })();

            v1.StreamRefused = (function() {

                /**
                 * Properties of a StreamRefused.
                 * @typedef {Object} gantry.node.v1.StreamRefused.$Properties
                 * @property {string|null} [id] StreamRefused id
                 * @property {string|null} [message] StreamRefused message
                 * @property {number|null} [code] StreamRefused code
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StreamRefused.
                 * @memberof gantry.node.v1
                 * @interface IStreamRefused
                 * @augments gantry.node.v1.StreamRefused.$Properties
                 * @deprecated Use gantry.node.v1.StreamRefused.$Properties instead.
                 */

                /**
                 * Shape of a StreamRefused.
                 * @typedef {gantry.node.v1.StreamRefused.$Properties} gantry.node.v1.StreamRefused.$Shape
                 */

                /**
                 * Constructs a new StreamRefused.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a StreamRefused.
                 * @constructor
                 * @param {gantry.node.v1.StreamRefused.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StreamRefused = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StreamRefused id.
                 * @member {string} id
                 * @memberof gantry.node.v1.StreamRefused
                 * @instance
                 */
                StreamRefused.prototype.id = "";

                /**
                 * StreamRefused message.
                 * @member {string} message
                 * @memberof gantry.node.v1.StreamRefused
                 * @instance
                 */
                StreamRefused.prototype.message = "";

                /**
                 * StreamRefused code.
                 * @member {number} code
                 * @memberof gantry.node.v1.StreamRefused
                 * @instance
                 */
                StreamRefused.prototype.code = 0;

                /**
                 * Creates a new StreamRefused instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.StreamRefused
                 * @static
                 * @param {gantry.node.v1.StreamRefused.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.StreamRefused} StreamRefused instance
                 * @type {{
                 *   (properties: gantry.node.v1.StreamRefused.$Shape): gantry.node.v1.StreamRefused & gantry.node.v1.StreamRefused.$Shape;
                 *   (properties?: gantry.node.v1.StreamRefused.$Properties): gantry.node.v1.StreamRefused;
                 * }}
                 */
                StreamRefused.create = function(properties) {
                    return new StreamRefused(properties);
                };

                /**
                 * Encodes the specified StreamRefused message. Does not implicitly {@link gantry.node.v1.StreamRefused.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.StreamRefused
                 * @static
                 * @param {gantry.node.v1.StreamRefused.$Properties} message StreamRefused message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StreamRefused.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                    if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== 0)
                        writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.code);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StreamRefused message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.StreamRefused
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.StreamRefused & gantry.node.v1.StreamRefused.$Shape} StreamRefused
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StreamRefused.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.StreamRefused();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.message = value;
                                else
                                    delete message.message;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.code = value;
                                else
                                    delete message.code;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a StreamRefused message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.StreamRefused
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.StreamRefused} StreamRefused
                 */
                StreamRefused.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.StreamRefused)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.StreamRefused: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.StreamRefused();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.message != null)
                        if (typeof object.message !== "string" || object.message.length)
                            message.message = $String(object.message);
                    if (object.code != null)
                        if ($Number(object.code) !== 0)
                            message.code = object.code >>> 0;
                    return message;
                };

                /**
                 * Creates a plain object from a StreamRefused message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.StreamRefused
                 * @static
                 * @param {gantry.node.v1.StreamRefused} message StreamRefused
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                StreamRefused.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.id = "";
                        object.message = "";
                        object.code = 0;
                    }
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                        object.message = message.message;
                    if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                        object.code = message.code;
                    return object;
                };

                /**
                 * Converts this StreamRefused to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.StreamRefused
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                StreamRefused.prototype.toJSON = function() {
                    return StreamRefused.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for StreamRefused
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.StreamRefused
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                StreamRefused.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.StreamRefused";
                };

                return StreamRefused;
            })();

            v1.ServerMessage = (function() {

                /**
                 * Properties of a ServerMessage.
                 * @typedef {Object} gantry.node.v1.ServerMessage.$Properties
                 * @property {gantry.node.v1.Welcome.$Properties|null} [welcome] ServerMessage welcome
                 * @property {gantry.node.v1.ObjectPut.$Properties|null} [put] ServerMessage put
                 * @property {gantry.node.v1.ObjectGone.$Properties|null} [gone] ServerMessage gone
                 * @property {gantry.node.v1.Synced.$Properties|null} [synced] ServerMessage synced
                 * @property {gantry.node.v1.StatusAck.$Properties|null} [ack] ServerMessage ack
                 * @property {gantry.node.v1.OpenStream.$Properties|null} [openStream] ServerMessage openStream
                 * @property {"welcome"|"put"|"gone"|"synced"|"ack"|"openStream"} [message] ServerMessage message
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a ServerMessage.
                 * @memberof gantry.node.v1
                 * @interface IServerMessage
                 * @augments gantry.node.v1.ServerMessage.$Properties
                 * @deprecated Use gantry.node.v1.ServerMessage.$Properties instead.
                 */

                /**
                 * Narrowed shape of a ServerMessage.
                 * @typedef {{
                 *   welcome?: gantry.node.v1.Welcome.$Shape|null;
                 *   put?: gantry.node.v1.ObjectPut.$Shape|null;
                 *   gone?: gantry.node.v1.ObjectGone.$Shape|null;
                 *   synced?: gantry.node.v1.Synced.$Shape|null;
                 *   ack?: gantry.node.v1.StatusAck.$Shape|null;
                 *   openStream?: gantry.node.v1.OpenStream.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ message?: undefined; welcome?: null; put?: null; gone?: null; synced?: null; ack?: null; openStream?: null }|{ message?: "welcome"; welcome: gantry.node.v1.Welcome.$Shape; put?: null; gone?: null; synced?: null; ack?: null; openStream?: null }|{ message?: "put"; welcome?: null; put: gantry.node.v1.ObjectPut.$Shape; gone?: null; synced?: null; ack?: null; openStream?: null }|{ message?: "gone"; welcome?: null; put?: null; gone: gantry.node.v1.ObjectGone.$Shape; synced?: null; ack?: null; openStream?: null }|{ message?: "synced"; welcome?: null; put?: null; gone?: null; synced: gantry.node.v1.Synced.$Shape; ack?: null; openStream?: null }|{ message?: "ack"; welcome?: null; put?: null; gone?: null; synced?: null; ack: gantry.node.v1.StatusAck.$Shape; openStream?: null }|{ message?: "openStream"; welcome?: null; put?: null; gone?: null; synced?: null; ack?: null; openStream: gantry.node.v1.OpenStream.$Shape })
                 * )} gantry.node.v1.ServerMessage.$Shape
                 */

                /**
                 * Constructs a new ServerMessage.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a ServerMessage.
                 * @constructor
                 * @param {gantry.node.v1.ServerMessage.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ServerMessage = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ServerMessage welcome.
                 * @member {gantry.node.v1.Welcome.$Properties|null|undefined} welcome
                 * @memberof gantry.node.v1.ServerMessage
                 * @instance
                 */
                ServerMessage.prototype.welcome = null;

                /**
                 * ServerMessage put.
                 * @member {gantry.node.v1.ObjectPut.$Properties|null|undefined} put
                 * @memberof gantry.node.v1.ServerMessage
                 * @instance
                 */
                ServerMessage.prototype.put = null;

                /**
                 * ServerMessage gone.
                 * @member {gantry.node.v1.ObjectGone.$Properties|null|undefined} gone
                 * @memberof gantry.node.v1.ServerMessage
                 * @instance
                 */
                ServerMessage.prototype.gone = null;

                /**
                 * ServerMessage synced.
                 * @member {gantry.node.v1.Synced.$Properties|null|undefined} synced
                 * @memberof gantry.node.v1.ServerMessage
                 * @instance
                 */
                ServerMessage.prototype.synced = null;

                /**
                 * ServerMessage ack.
                 * @member {gantry.node.v1.StatusAck.$Properties|null|undefined} ack
                 * @memberof gantry.node.v1.ServerMessage
                 * @instance
                 */
                ServerMessage.prototype.ack = null;

                /**
                 * ServerMessage openStream.
                 * @member {gantry.node.v1.OpenStream.$Properties|null|undefined} openStream
                 * @memberof gantry.node.v1.ServerMessage
                 * @instance
                 */
                ServerMessage.prototype.openStream = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * ServerMessage message.
                 * @member {"welcome"|"put"|"gone"|"synced"|"ack"|"openStream"|undefined} message
                 * @memberof gantry.node.v1.ServerMessage
                 * @instance
                 */
                $Object.defineProperty(ServerMessage.prototype, "message", {
                    get: $util.oneOfGetter($oneOfFields = ["welcome", "put", "gone", "synced", "ack", "openStream"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new ServerMessage instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.ServerMessage
                 * @static
                 * @param {gantry.node.v1.ServerMessage.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.ServerMessage} ServerMessage instance
                 * @type {{
                 *   (properties: gantry.node.v1.ServerMessage.$Shape): gantry.node.v1.ServerMessage & gantry.node.v1.ServerMessage.$Shape;
                 *   (properties?: gantry.node.v1.ServerMessage.$Properties): gantry.node.v1.ServerMessage;
                 * }}
                 */
                ServerMessage.create = function(properties) {
                    return new ServerMessage(properties);
                };

                /**
                 * Encodes the specified ServerMessage message. Does not implicitly {@link gantry.node.v1.ServerMessage.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.ServerMessage
                 * @static
                 * @param {gantry.node.v1.ServerMessage.$Properties} message ServerMessage message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ServerMessage.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                        $root.gantry.node.v1.Welcome.encode(message.welcome, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.put != null && $Object.hasOwnProperty.call(message, "put"))
                        $root.gantry.node.v1.ObjectPut.encode(message.put, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.gone != null && $Object.hasOwnProperty.call(message, "gone"))
                        $root.gantry.node.v1.ObjectGone.encode(message.gone, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.synced != null && $Object.hasOwnProperty.call(message, "synced"))
                        $root.gantry.node.v1.Synced.encode(message.synced, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.ack != null && $Object.hasOwnProperty.call(message, "ack"))
                        $root.gantry.node.v1.StatusAck.encode(message.ack, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.openStream != null && $Object.hasOwnProperty.call(message, "openStream"))
                        $root.gantry.node.v1.OpenStream.encode(message.openStream, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a ServerMessage message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.ServerMessage
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.ServerMessage & gantry.node.v1.ServerMessage.$Shape} ServerMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ServerMessage.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.ServerMessage();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.welcome = $root.gantry.node.v1.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                                message.message = "welcome";
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.put = $root.gantry.node.v1.ObjectPut.decode(reader, reader.size(), $undefined, _depth + 1, message.put);
                                message.message = "put";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.gone = $root.gantry.node.v1.ObjectGone.decode(reader, reader.size(), $undefined, _depth + 1, message.gone);
                                message.message = "gone";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.synced = $root.gantry.node.v1.Synced.decode(reader, reader.size(), $undefined, _depth + 1, message.synced);
                                message.message = "synced";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.ack = $root.gantry.node.v1.StatusAck.decode(reader, reader.size(), $undefined, _depth + 1, message.ack);
                                message.message = "ack";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.openStream = $root.gantry.node.v1.OpenStream.decode(reader, reader.size(), $undefined, _depth + 1, message.openStream);
                                message.message = "openStream";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a ServerMessage message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.ServerMessage
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.ServerMessage} ServerMessage
                 */
                ServerMessage.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.ServerMessage)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.ServerMessage: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.ServerMessage();
                    if (object.welcome != null) {
                        if (!$util.isObject(object.welcome))
                            throw $TypeError(".gantry.node.v1.ServerMessage.welcome: object expected");
                        message.welcome = $root.gantry.node.v1.Welcome.fromObject(object.welcome, _depth + 1);
                    }
                    if (object.put != null) {
                        if (!$util.isObject(object.put))
                            throw $TypeError(".gantry.node.v1.ServerMessage.put: object expected");
                        message.put = $root.gantry.node.v1.ObjectPut.fromObject(object.put, _depth + 1);
                    }
                    if (object.gone != null) {
                        if (!$util.isObject(object.gone))
                            throw $TypeError(".gantry.node.v1.ServerMessage.gone: object expected");
                        message.gone = $root.gantry.node.v1.ObjectGone.fromObject(object.gone, _depth + 1);
                    }
                    if (object.synced != null) {
                        if (!$util.isObject(object.synced))
                            throw $TypeError(".gantry.node.v1.ServerMessage.synced: object expected");
                        message.synced = $root.gantry.node.v1.Synced.fromObject(object.synced, _depth + 1);
                    }
                    if (object.ack != null) {
                        if (!$util.isObject(object.ack))
                            throw $TypeError(".gantry.node.v1.ServerMessage.ack: object expected");
                        message.ack = $root.gantry.node.v1.StatusAck.fromObject(object.ack, _depth + 1);
                    }
                    if (object.openStream != null) {
                        if (!$util.isObject(object.openStream))
                            throw $TypeError(".gantry.node.v1.ServerMessage.openStream: object expected");
                        message.openStream = $root.gantry.node.v1.OpenStream.fromObject(object.openStream, _depth + 1);
                    }
                    return message;
                };

                /**
                 * Creates a plain object from a ServerMessage message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.ServerMessage
                 * @static
                 * @param {gantry.node.v1.ServerMessage} message ServerMessage
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                ServerMessage.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome")) {
                        object.welcome = $root.gantry.node.v1.Welcome.toObject(message.welcome, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "welcome";
                    }
                    if (message.put != null && $Object.hasOwnProperty.call(message, "put")) {
                        object.put = $root.gantry.node.v1.ObjectPut.toObject(message.put, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "put";
                    }
                    if (message.gone != null && $Object.hasOwnProperty.call(message, "gone")) {
                        object.gone = $root.gantry.node.v1.ObjectGone.toObject(message.gone, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "gone";
                    }
                    if (message.synced != null && $Object.hasOwnProperty.call(message, "synced")) {
                        object.synced = $root.gantry.node.v1.Synced.toObject(message.synced, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "synced";
                    }
                    if (message.ack != null && $Object.hasOwnProperty.call(message, "ack")) {
                        object.ack = $root.gantry.node.v1.StatusAck.toObject(message.ack, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "ack";
                    }
                    if (message.openStream != null && $Object.hasOwnProperty.call(message, "openStream")) {
                        object.openStream = $root.gantry.node.v1.OpenStream.toObject(message.openStream, options, _depth + 1);
                        if (options.oneofs)
                            object.message = "openStream";
                    }
                    return object;
                };

                /**
                 * Converts this ServerMessage to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.ServerMessage
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                ServerMessage.prototype.toJSON = function() {
                    return ServerMessage.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for ServerMessage
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.ServerMessage
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                ServerMessage.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.ServerMessage";
                };

                return ServerMessage;
            })();

            v1.Welcome = (function() {

                /**
                 * Properties of a Welcome.
                 * @typedef {Object} gantry.node.v1.Welcome.$Properties
                 * @property {string|null} [serverVersion] Welcome serverVersion
                 * @property {Array.<string>|null} [podCidrs] Welcome podCidrs
                 * @property {string|null} [clusterCidr] Welcome clusterCidr
                 * @property {string|null} [serviceCidr] Welcome serviceCidr
                 * @property {string|null} [clusterDomain] Welcome clusterDomain
                 * @property {string|null} [clusterDns] Welcome clusterDns
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Welcome.
                 * @memberof gantry.node.v1
                 * @interface IWelcome
                 * @augments gantry.node.v1.Welcome.$Properties
                 * @deprecated Use gantry.node.v1.Welcome.$Properties instead.
                 */

                /**
                 * Shape of a Welcome.
                 * @typedef {gantry.node.v1.Welcome.$Properties} gantry.node.v1.Welcome.$Shape
                 */

                /**
                 * Constructs a new Welcome.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a Welcome.
                 * @constructor
                 * @param {gantry.node.v1.Welcome.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Welcome = function (properties) {
                    this.podCidrs = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Welcome serverVersion.
                 * @member {string} serverVersion
                 * @memberof gantry.node.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.serverVersion = "";

                /**
                 * Welcome podCidrs.
                 * @member {Array.<string>} podCidrs
                 * @memberof gantry.node.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.podCidrs = $util.emptyArray;

                /**
                 * Welcome clusterCidr.
                 * @member {string} clusterCidr
                 * @memberof gantry.node.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.clusterCidr = "";

                /**
                 * Welcome serviceCidr.
                 * @member {string} serviceCidr
                 * @memberof gantry.node.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.serviceCidr = "";

                /**
                 * Welcome clusterDomain.
                 * @member {string} clusterDomain
                 * @memberof gantry.node.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.clusterDomain = "";

                /**
                 * Welcome clusterDns.
                 * @member {string} clusterDns
                 * @memberof gantry.node.v1.Welcome
                 * @instance
                 */
                Welcome.prototype.clusterDns = "";

                /**
                 * Creates a new Welcome instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.Welcome
                 * @static
                 * @param {gantry.node.v1.Welcome.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.Welcome} Welcome instance
                 * @type {{
                 *   (properties: gantry.node.v1.Welcome.$Shape): gantry.node.v1.Welcome & gantry.node.v1.Welcome.$Shape;
                 *   (properties?: gantry.node.v1.Welcome.$Properties): gantry.node.v1.Welcome;
                 * }}
                 */
                Welcome.create = function(properties) {
                    return new Welcome(properties);
                };

                /**
                 * Encodes the specified Welcome message. Does not implicitly {@link gantry.node.v1.Welcome.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.Welcome
                 * @static
                 * @param {gantry.node.v1.Welcome.$Properties} message Welcome message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Welcome.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.serverVersion != null && $Object.hasOwnProperty.call(message, "serverVersion") && message.serverVersion !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.serverVersion);
                    if (message.podCidrs != null && message.podCidrs.length)
                        for (let i = 0; i < message.podCidrs.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).string(message.podCidrs[i]);
                    if (message.clusterCidr != null && $Object.hasOwnProperty.call(message, "clusterCidr") && message.clusterCidr !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.clusterCidr);
                    if (message.serviceCidr != null && $Object.hasOwnProperty.call(message, "serviceCidr") && message.serviceCidr !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.serviceCidr);
                    if (message.clusterDomain != null && $Object.hasOwnProperty.call(message, "clusterDomain") && message.clusterDomain !== "")
                        writer.uint32(/* id 5, wireType 2 =*/42).string(message.clusterDomain);
                    if (message.clusterDns != null && $Object.hasOwnProperty.call(message, "clusterDns") && message.clusterDns !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.clusterDns);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Welcome message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.Welcome
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Welcome & gantry.node.v1.Welcome.$Shape} Welcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Welcome.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.Welcome();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serverVersion = value;
                                else
                                    delete message.serverVersion;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.podCidrs && message.podCidrs.length))
                                    message.podCidrs = [];
                                message.podCidrs.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.clusterCidr = value;
                                else
                                    delete message.clusterCidr;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.serviceCidr = value;
                                else
                                    delete message.serviceCidr;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.clusterDomain = value;
                                else
                                    delete message.clusterDomain;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.clusterDns = value;
                                else
                                    delete message.clusterDns;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Welcome message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.Welcome
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.Welcome} Welcome
                 */
                Welcome.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.Welcome)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.Welcome: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.Welcome();
                    if (object.serverVersion != null)
                        if (typeof object.serverVersion !== "string" || object.serverVersion.length)
                            message.serverVersion = $String(object.serverVersion);
                    if (object.podCidrs) {
                        if (!$Array.isArray(object.podCidrs))
                            throw $TypeError(".gantry.node.v1.Welcome.podCidrs: array expected");
                        message.podCidrs = $Array(object.podCidrs.length);
                        for (let i = 0; i < object.podCidrs.length; ++i)
                            message.podCidrs[i] = $String(object.podCidrs[i]);
                    }
                    if (object.clusterCidr != null)
                        if (typeof object.clusterCidr !== "string" || object.clusterCidr.length)
                            message.clusterCidr = $String(object.clusterCidr);
                    if (object.serviceCidr != null)
                        if (typeof object.serviceCidr !== "string" || object.serviceCidr.length)
                            message.serviceCidr = $String(object.serviceCidr);
                    if (object.clusterDomain != null)
                        if (typeof object.clusterDomain !== "string" || object.clusterDomain.length)
                            message.clusterDomain = $String(object.clusterDomain);
                    if (object.clusterDns != null)
                        if (typeof object.clusterDns !== "string" || object.clusterDns.length)
                            message.clusterDns = $String(object.clusterDns);
                    return message;
                };

                /**
                 * Creates a plain object from a Welcome message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.Welcome
                 * @static
                 * @param {gantry.node.v1.Welcome} message Welcome
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Welcome.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.podCidrs = [];
                    if (options.defaults) {
                        object.serverVersion = "";
                        object.clusterCidr = "";
                        object.serviceCidr = "";
                        object.clusterDomain = "";
                        object.clusterDns = "";
                    }
                    if (message.serverVersion != null && $Object.hasOwnProperty.call(message, "serverVersion"))
                        object.serverVersion = message.serverVersion;
                    if (message.podCidrs && message.podCidrs.length) {
                        object.podCidrs = $Array(message.podCidrs.length);
                        for (let j = 0; j < message.podCidrs.length; ++j)
                            object.podCidrs[j] = message.podCidrs[j];
                    }
                    if (message.clusterCidr != null && $Object.hasOwnProperty.call(message, "clusterCidr"))
                        object.clusterCidr = message.clusterCidr;
                    if (message.serviceCidr != null && $Object.hasOwnProperty.call(message, "serviceCidr"))
                        object.serviceCidr = message.serviceCidr;
                    if (message.clusterDomain != null && $Object.hasOwnProperty.call(message, "clusterDomain"))
                        object.clusterDomain = message.clusterDomain;
                    if (message.clusterDns != null && $Object.hasOwnProperty.call(message, "clusterDns"))
                        object.clusterDns = message.clusterDns;
                    return object;
                };

                /**
                 * Converts this Welcome to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.Welcome
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Welcome.prototype.toJSON = function() {
                    return Welcome.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Welcome
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.Welcome
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Welcome.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.Welcome";
                };

                return Welcome;
            })();

            v1.ObjectPut = (function() {

                /**
                 * Properties of an ObjectPut.
                 * @typedef {Object} gantry.node.v1.ObjectPut.$Properties
                 * @property {string|null} [resource] ObjectPut resource
                 * @property {Uint8Array|null} [object] ObjectPut object
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ObjectPut.
                 * @memberof gantry.node.v1
                 * @interface IObjectPut
                 * @augments gantry.node.v1.ObjectPut.$Properties
                 * @deprecated Use gantry.node.v1.ObjectPut.$Properties instead.
                 */

                /**
                 * Shape of an ObjectPut.
                 * @typedef {gantry.node.v1.ObjectPut.$Properties} gantry.node.v1.ObjectPut.$Shape
                 */

                /**
                 * Constructs a new ObjectPut.
                 * @memberof gantry.node.v1
                 * @classdesc Represents an ObjectPut.
                 * @constructor
                 * @param {gantry.node.v1.ObjectPut.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ObjectPut = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ObjectPut resource.
                 * @member {string} resource
                 * @memberof gantry.node.v1.ObjectPut
                 * @instance
                 */
                ObjectPut.prototype.resource = "";

                /**
                 * ObjectPut object.
                 * @member {Uint8Array} object
                 * @memberof gantry.node.v1.ObjectPut
                 * @instance
                 */
                ObjectPut.prototype.object = $util.newBuffer([]);

                /**
                 * Creates a new ObjectPut instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.ObjectPut
                 * @static
                 * @param {gantry.node.v1.ObjectPut.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.ObjectPut} ObjectPut instance
                 * @type {{
                 *   (properties: gantry.node.v1.ObjectPut.$Shape): gantry.node.v1.ObjectPut & gantry.node.v1.ObjectPut.$Shape;
                 *   (properties?: gantry.node.v1.ObjectPut.$Properties): gantry.node.v1.ObjectPut;
                 * }}
                 */
                ObjectPut.create = function(properties) {
                    return new ObjectPut(properties);
                };

                /**
                 * Encodes the specified ObjectPut message. Does not implicitly {@link gantry.node.v1.ObjectPut.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.ObjectPut
                 * @static
                 * @param {gantry.node.v1.ObjectPut.$Properties} message ObjectPut message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ObjectPut.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.resource != null && $Object.hasOwnProperty.call(message, "resource") && message.resource !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.resource);
                    if (message.object != null && $Object.hasOwnProperty.call(message, "object") && message.object.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.object);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ObjectPut message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.ObjectPut
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.ObjectPut & gantry.node.v1.ObjectPut.$Shape} ObjectPut
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ObjectPut.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.ObjectPut();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.resource = value;
                                else
                                    delete message.resource;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.object = value;
                                else
                                    delete message.object;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an ObjectPut message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.ObjectPut
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.ObjectPut} ObjectPut
                 */
                ObjectPut.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.ObjectPut)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.ObjectPut: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.ObjectPut();
                    if (object.resource != null)
                        if (typeof object.resource !== "string" || object.resource.length)
                            message.resource = $String(object.resource);
                    if (object.object != null)
                        if (object.object.length)
                            if (typeof object.object === "string")
                                $util.base64.decode(object.object, message.object = $util.newBuffer($util.base64.length(object.object)), 0);
                            else if (object.object.length >= 0)
                                message.object = object.object;
                    return message;
                };

                /**
                 * Creates a plain object from an ObjectPut message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.ObjectPut
                 * @static
                 * @param {gantry.node.v1.ObjectPut} message ObjectPut
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                ObjectPut.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.resource = "";
                        if (options.bytes === $String)
                            object.object = "";
                        else {
                            object.object = [];
                            if (options.bytes !== $Array)
                                object.object = $util.newBuffer(object.object);
                        }
                    }
                    if (message.resource != null && $Object.hasOwnProperty.call(message, "resource"))
                        object.resource = message.resource;
                    if (message.object != null && $Object.hasOwnProperty.call(message, "object"))
                        object.object = options.bytes === $String ? $util.base64.encode(message.object, 0, message.object.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.object) : message.object;
                    return object;
                };

                /**
                 * Converts this ObjectPut to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.ObjectPut
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                ObjectPut.prototype.toJSON = function() {
                    return ObjectPut.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for ObjectPut
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.ObjectPut
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                ObjectPut.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.ObjectPut";
                };

                return ObjectPut;
            })();

            v1.ObjectGone = (function() {

                /**
                 * Properties of an ObjectGone.
                 * @typedef {Object} gantry.node.v1.ObjectGone.$Properties
                 * @property {string|null} [resource] ObjectGone resource
                 * @property {string|null} [namespace] ObjectGone namespace
                 * @property {string|null} [name] ObjectGone name
                 * @property {string|null} [uid] ObjectGone uid
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ObjectGone.
                 * @memberof gantry.node.v1
                 * @interface IObjectGone
                 * @augments gantry.node.v1.ObjectGone.$Properties
                 * @deprecated Use gantry.node.v1.ObjectGone.$Properties instead.
                 */

                /**
                 * Shape of an ObjectGone.
                 * @typedef {gantry.node.v1.ObjectGone.$Properties} gantry.node.v1.ObjectGone.$Shape
                 */

                /**
                 * Constructs a new ObjectGone.
                 * @memberof gantry.node.v1
                 * @classdesc Represents an ObjectGone.
                 * @constructor
                 * @param {gantry.node.v1.ObjectGone.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ObjectGone = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ObjectGone resource.
                 * @member {string} resource
                 * @memberof gantry.node.v1.ObjectGone
                 * @instance
                 */
                ObjectGone.prototype.resource = "";

                /**
                 * ObjectGone namespace.
                 * @member {string} namespace
                 * @memberof gantry.node.v1.ObjectGone
                 * @instance
                 */
                ObjectGone.prototype.namespace = "";

                /**
                 * ObjectGone name.
                 * @member {string} name
                 * @memberof gantry.node.v1.ObjectGone
                 * @instance
                 */
                ObjectGone.prototype.name = "";

                /**
                 * ObjectGone uid.
                 * @member {string} uid
                 * @memberof gantry.node.v1.ObjectGone
                 * @instance
                 */
                ObjectGone.prototype.uid = "";

                /**
                 * Creates a new ObjectGone instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.ObjectGone
                 * @static
                 * @param {gantry.node.v1.ObjectGone.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.ObjectGone} ObjectGone instance
                 * @type {{
                 *   (properties: gantry.node.v1.ObjectGone.$Shape): gantry.node.v1.ObjectGone & gantry.node.v1.ObjectGone.$Shape;
                 *   (properties?: gantry.node.v1.ObjectGone.$Properties): gantry.node.v1.ObjectGone;
                 * }}
                 */
                ObjectGone.create = function(properties) {
                    return new ObjectGone(properties);
                };

                /**
                 * Encodes the specified ObjectGone message. Does not implicitly {@link gantry.node.v1.ObjectGone.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.ObjectGone
                 * @static
                 * @param {gantry.node.v1.ObjectGone.$Properties} message ObjectGone message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ObjectGone.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.resource != null && $Object.hasOwnProperty.call(message, "resource") && message.resource !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.resource);
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.namespace);
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.uid);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ObjectGone message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.ObjectGone
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.ObjectGone & gantry.node.v1.ObjectGone.$Shape} ObjectGone
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ObjectGone.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.ObjectGone();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.resource = value;
                                else
                                    delete message.resource;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.name = value;
                                else
                                    delete message.name;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an ObjectGone message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.ObjectGone
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.ObjectGone} ObjectGone
                 */
                ObjectGone.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.ObjectGone)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.ObjectGone: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.ObjectGone();
                    if (object.resource != null)
                        if (typeof object.resource !== "string" || object.resource.length)
                            message.resource = $String(object.resource);
                    if (object.namespace != null)
                        if (typeof object.namespace !== "string" || object.namespace.length)
                            message.namespace = $String(object.namespace);
                    if (object.name != null)
                        if (typeof object.name !== "string" || object.name.length)
                            message.name = $String(object.name);
                    if (object.uid != null)
                        if (typeof object.uid !== "string" || object.uid.length)
                            message.uid = $String(object.uid);
                    return message;
                };

                /**
                 * Creates a plain object from an ObjectGone message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.ObjectGone
                 * @static
                 * @param {gantry.node.v1.ObjectGone} message ObjectGone
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                ObjectGone.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.resource = "";
                        object.namespace = "";
                        object.name = "";
                        object.uid = "";
                    }
                    if (message.resource != null && $Object.hasOwnProperty.call(message, "resource"))
                        object.resource = message.resource;
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                        object.namespace = message.namespace;
                    if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                        object.name = message.name;
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
                        object.uid = message.uid;
                    return object;
                };

                /**
                 * Converts this ObjectGone to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.ObjectGone
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                ObjectGone.prototype.toJSON = function() {
                    return ObjectGone.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for ObjectGone
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.ObjectGone
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                ObjectGone.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.ObjectGone";
                };

                return ObjectGone;
            })();

            v1.Synced = (function() {

                /**
                 * Properties of a Synced.
                 * @typedef {Object} gantry.node.v1.Synced.$Properties
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Synced.
                 * @memberof gantry.node.v1
                 * @interface ISynced
                 * @augments gantry.node.v1.Synced.$Properties
                 * @deprecated Use gantry.node.v1.Synced.$Properties instead.
                 */

                /**
                 * Shape of a Synced.
                 * @typedef {gantry.node.v1.Synced.$Properties} gantry.node.v1.Synced.$Shape
                 */

                /**
                 * Constructs a new Synced.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a Synced.
                 * @constructor
                 * @param {gantry.node.v1.Synced.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Synced = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Creates a new Synced instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.Synced
                 * @static
                 * @param {gantry.node.v1.Synced.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.Synced} Synced instance
                 * @type {{
                 *   (properties: gantry.node.v1.Synced.$Shape): gantry.node.v1.Synced & gantry.node.v1.Synced.$Shape;
                 *   (properties?: gantry.node.v1.Synced.$Properties): gantry.node.v1.Synced;
                 * }}
                 */
                Synced.create = function(properties) {
                    return new Synced(properties);
                };

                /**
                 * Encodes the specified Synced message. Does not implicitly {@link gantry.node.v1.Synced.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.Synced
                 * @static
                 * @param {gantry.node.v1.Synced.$Properties} message Synced message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Synced.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Synced message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.Synced
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Synced & gantry.node.v1.Synced.$Shape} Synced
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Synced.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.Synced();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        reader.skipType(tag & 7, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Synced message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.Synced
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.Synced} Synced
                 */
                Synced.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.Synced)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.Synced: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    return new $root.gantry.node.v1.Synced();
                };

                /**
                 * Creates a plain object from a Synced message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.Synced
                 * @static
                 * @param {gantry.node.v1.Synced} message Synced
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Synced.toObject = function () {
                    return {};
                };

                /**
                 * Converts this Synced to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.Synced
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Synced.prototype.toJSON = function() {
                    return Synced.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Synced
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.Synced
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Synced.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.Synced";
                };

                return Synced;
            })();

            v1.StatusAck = (function() {

                /**
                 * Properties of a StatusAck.
                 * @typedef {Object} gantry.node.v1.StatusAck.$Properties
                 * @property {number|null} [sequence] StatusAck sequence
                 * @property {string|null} [reason] StatusAck reason
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a StatusAck.
                 * @memberof gantry.node.v1
                 * @interface IStatusAck
                 * @augments gantry.node.v1.StatusAck.$Properties
                 * @deprecated Use gantry.node.v1.StatusAck.$Properties instead.
                 */

                /**
                 * Shape of a StatusAck.
                 * @typedef {gantry.node.v1.StatusAck.$Properties} gantry.node.v1.StatusAck.$Shape
                 */

                /**
                 * Constructs a new StatusAck.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a StatusAck.
                 * @constructor
                 * @param {gantry.node.v1.StatusAck.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const StatusAck = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * StatusAck sequence.
                 * @member {number} sequence
                 * @memberof gantry.node.v1.StatusAck
                 * @instance
                 */
                StatusAck.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

                /**
                 * StatusAck reason.
                 * @member {string} reason
                 * @memberof gantry.node.v1.StatusAck
                 * @instance
                 */
                StatusAck.prototype.reason = "";

                /**
                 * Creates a new StatusAck instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.StatusAck
                 * @static
                 * @param {gantry.node.v1.StatusAck.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.StatusAck} StatusAck instance
                 * @type {{
                 *   (properties: gantry.node.v1.StatusAck.$Shape): gantry.node.v1.StatusAck & gantry.node.v1.StatusAck.$Shape;
                 *   (properties?: gantry.node.v1.StatusAck.$Properties): gantry.node.v1.StatusAck;
                 * }}
                 */
                StatusAck.create = function(properties) {
                    return new StatusAck(properties);
                };

                /**
                 * Encodes the specified StatusAck message. Does not implicitly {@link gantry.node.v1.StatusAck.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.StatusAck
                 * @static
                 * @param {gantry.node.v1.StatusAck.$Properties} message StatusAck message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                StatusAck.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence") && (typeof message.sequence === "object" ? message.sequence.low || message.sequence.high : message.sequence !== 0))
                        writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.sequence);
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a StatusAck message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.StatusAck
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.StatusAck & gantry.node.v1.StatusAck.$Shape} StatusAck
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                StatusAck.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.StatusAck();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                    message.sequence = value;
                                else
                                    delete message.sequence;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.reason = value;
                                else
                                    delete message.reason;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a StatusAck message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.StatusAck
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.StatusAck} StatusAck
                 */
                StatusAck.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.StatusAck)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.StatusAck: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.StatusAck();
                    if (object.sequence != null)
                        if (typeof object.sequence === "object" ? object.sequence.low || object.sequence.high : $Number(object.sequence) !== 0)
                            if ($util.Long)
                                message.sequence = $util.Long.fromValue(object.sequence, true);
                            else if (typeof object.sequence === "string")
                                message.sequence = $parseInt(object.sequence, 10);
                            else if (typeof object.sequence === "number")
                                message.sequence = object.sequence;
                            else if (typeof object.sequence === "object")
                                message.sequence = new $util.LongBits(object.sequence.low >>> 0, object.sequence.high >>> 0).toNumber(true);
                    if (object.reason != null)
                        if (typeof object.reason !== "string" || object.reason.length)
                            message.reason = $String(object.reason);
                    return message;
                };

                /**
                 * Creates a plain object from a StatusAck message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.StatusAck
                 * @static
                 * @param {gantry.node.v1.StatusAck} message StatusAck
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                StatusAck.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        if ($util.Long) {
                            let long = new $util.Long(0, 0, true);
                            object.sequence = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                        } else
                            object.sequence = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                        object.reason = "";
                    }
                    if (message.sequence != null && $Object.hasOwnProperty.call(message, "sequence"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.sequence = typeof message.sequence === "number" ? $BigInt(message.sequence) : $util.Long.fromBits(message.sequence.low >>> 0, message.sequence.high >>> 0, true).toBigInt();
                        else if (typeof message.sequence === "number")
                            object.sequence = options.longs === $String ? $String(message.sequence) : message.sequence;
                        else
                            object.sequence = options.longs === $String ? $util.Long.prototype.toString.call(message.sequence) : options.longs === $Number ? new $util.LongBits(message.sequence.low >>> 0, message.sequence.high >>> 0).toNumber(true) : message.sequence;
                    if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                        object.reason = message.reason;
                    return object;
                };

                /**
                 * Converts this StatusAck to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.StatusAck
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                StatusAck.prototype.toJSON = function() {
                    return StatusAck.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for StatusAck
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.StatusAck
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                StatusAck.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.StatusAck";
                };

                return StatusAck;
            })();

            v1.OpenStream = (function() {

                /**
                 * Properties of an OpenStream.
                 * @typedef {Object} gantry.node.v1.OpenStream.$Properties
                 * @property {string|null} [id] OpenStream id
                 * @property {gantry.node.v1.LogsRequest.$Properties|null} [logs] OpenStream logs
                 * @property {gantry.node.v1.ExecRequest.$Properties|null} [exec] OpenStream exec
                 * @property {gantry.node.v1.AttachRequest.$Properties|null} [attach] OpenStream attach
                 * @property {gantry.node.v1.PortForwardRequest.$Properties|null} [portForward] OpenStream portForward
                 * @property {gantry.node.v1.HttpRequest.$Properties|null} [http] OpenStream http
                 * @property {"logs"|"exec"|"attach"|"portForward"|"http"} [what] OpenStream what
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an OpenStream.
                 * @memberof gantry.node.v1
                 * @interface IOpenStream
                 * @augments gantry.node.v1.OpenStream.$Properties
                 * @deprecated Use gantry.node.v1.OpenStream.$Properties instead.
                 */

                /**
                 * Narrowed shape of an OpenStream.
                 * @typedef {{
                 *   id?: string|null;
                 *   logs?: gantry.node.v1.LogsRequest.$Shape|null;
                 *   exec?: gantry.node.v1.ExecRequest.$Shape|null;
                 *   attach?: gantry.node.v1.AttachRequest.$Shape|null;
                 *   portForward?: gantry.node.v1.PortForwardRequest.$Shape|null;
                 *   http?: gantry.node.v1.HttpRequest.$Shape|null;
                 *   $unknowns?: Array.<Uint8Array>;
                 * } & (
                 *   ({ what?: undefined; logs?: null; exec?: null; attach?: null; portForward?: null; http?: null }|{ what?: "logs"; logs: gantry.node.v1.LogsRequest.$Shape; exec?: null; attach?: null; portForward?: null; http?: null }|{ what?: "exec"; logs?: null; exec: gantry.node.v1.ExecRequest.$Shape; attach?: null; portForward?: null; http?: null }|{ what?: "attach"; logs?: null; exec?: null; attach: gantry.node.v1.AttachRequest.$Shape; portForward?: null; http?: null }|{ what?: "portForward"; logs?: null; exec?: null; attach?: null; portForward: gantry.node.v1.PortForwardRequest.$Shape; http?: null }|{ what?: "http"; logs?: null; exec?: null; attach?: null; portForward?: null; http: gantry.node.v1.HttpRequest.$Shape })
                 * )} gantry.node.v1.OpenStream.$Shape
                 */

                /**
                 * Constructs a new OpenStream.
                 * @memberof gantry.node.v1
                 * @classdesc Represents an OpenStream.
                 * @constructor
                 * @param {gantry.node.v1.OpenStream.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const OpenStream = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * OpenStream id.
                 * @member {string} id
                 * @memberof gantry.node.v1.OpenStream
                 * @instance
                 */
                OpenStream.prototype.id = "";

                /**
                 * OpenStream logs.
                 * @member {gantry.node.v1.LogsRequest.$Properties|null|undefined} logs
                 * @memberof gantry.node.v1.OpenStream
                 * @instance
                 */
                OpenStream.prototype.logs = null;

                /**
                 * OpenStream exec.
                 * @member {gantry.node.v1.ExecRequest.$Properties|null|undefined} exec
                 * @memberof gantry.node.v1.OpenStream
                 * @instance
                 */
                OpenStream.prototype.exec = null;

                /**
                 * OpenStream attach.
                 * @member {gantry.node.v1.AttachRequest.$Properties|null|undefined} attach
                 * @memberof gantry.node.v1.OpenStream
                 * @instance
                 */
                OpenStream.prototype.attach = null;

                /**
                 * OpenStream portForward.
                 * @member {gantry.node.v1.PortForwardRequest.$Properties|null|undefined} portForward
                 * @memberof gantry.node.v1.OpenStream
                 * @instance
                 */
                OpenStream.prototype.portForward = null;

                /**
                 * OpenStream http.
                 * @member {gantry.node.v1.HttpRequest.$Properties|null|undefined} http
                 * @memberof gantry.node.v1.OpenStream
                 * @instance
                 */
                OpenStream.prototype.http = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                /**
                 * OpenStream what.
                 * @member {"logs"|"exec"|"attach"|"portForward"|"http"|undefined} what
                 * @memberof gantry.node.v1.OpenStream
                 * @instance
                 */
                $Object.defineProperty(OpenStream.prototype, "what", {
                    get: $util.oneOfGetter($oneOfFields = ["logs", "exec", "attach", "portForward", "http"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new OpenStream instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.OpenStream
                 * @static
                 * @param {gantry.node.v1.OpenStream.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.OpenStream} OpenStream instance
                 * @type {{
                 *   (properties: gantry.node.v1.OpenStream.$Shape): gantry.node.v1.OpenStream & gantry.node.v1.OpenStream.$Shape;
                 *   (properties?: gantry.node.v1.OpenStream.$Properties): gantry.node.v1.OpenStream;
                 * }}
                 */
                OpenStream.create = function(properties) {
                    return new OpenStream(properties);
                };

                /**
                 * Encodes the specified OpenStream message. Does not implicitly {@link gantry.node.v1.OpenStream.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.OpenStream
                 * @static
                 * @param {gantry.node.v1.OpenStream.$Properties} message OpenStream message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                OpenStream.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                    if (message.logs != null && $Object.hasOwnProperty.call(message, "logs"))
                        $root.gantry.node.v1.LogsRequest.encode(message.logs, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                    if (message.exec != null && $Object.hasOwnProperty.call(message, "exec"))
                        $root.gantry.node.v1.ExecRequest.encode(message.exec, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.attach != null && $Object.hasOwnProperty.call(message, "attach"))
                        $root.gantry.node.v1.AttachRequest.encode(message.attach, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                    if (message.portForward != null && $Object.hasOwnProperty.call(message, "portForward"))
                        $root.gantry.node.v1.PortForwardRequest.encode(message.portForward, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                    if (message.http != null && $Object.hasOwnProperty.call(message, "http"))
                        $root.gantry.node.v1.HttpRequest.encode(message.http, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an OpenStream message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.OpenStream
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.OpenStream & gantry.node.v1.OpenStream.$Shape} OpenStream
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                OpenStream.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.OpenStream();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.id = value;
                                else
                                    delete message.id;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                message.logs = $root.gantry.node.v1.LogsRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.logs);
                                message.what = "logs";
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.exec = $root.gantry.node.v1.ExecRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.exec);
                                message.what = "exec";
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                message.attach = $root.gantry.node.v1.AttachRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.attach);
                                message.what = "attach";
                                continue;
                            }
                        case 5: {
                                if (wireType !== 2)
                                    break;
                                message.portForward = $root.gantry.node.v1.PortForwardRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.portForward);
                                message.what = "portForward";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                message.http = $root.gantry.node.v1.HttpRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.http);
                                message.what = "http";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an OpenStream message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.OpenStream
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.OpenStream} OpenStream
                 */
                OpenStream.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.OpenStream)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.OpenStream: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.OpenStream();
                    if (object.id != null)
                        if (typeof object.id !== "string" || object.id.length)
                            message.id = $String(object.id);
                    if (object.logs != null) {
                        if (!$util.isObject(object.logs))
                            throw $TypeError(".gantry.node.v1.OpenStream.logs: object expected");
                        message.logs = $root.gantry.node.v1.LogsRequest.fromObject(object.logs, _depth + 1);
                    }
                    if (object.exec != null) {
                        if (!$util.isObject(object.exec))
                            throw $TypeError(".gantry.node.v1.OpenStream.exec: object expected");
                        message.exec = $root.gantry.node.v1.ExecRequest.fromObject(object.exec, _depth + 1);
                    }
                    if (object.attach != null) {
                        if (!$util.isObject(object.attach))
                            throw $TypeError(".gantry.node.v1.OpenStream.attach: object expected");
                        message.attach = $root.gantry.node.v1.AttachRequest.fromObject(object.attach, _depth + 1);
                    }
                    if (object.portForward != null) {
                        if (!$util.isObject(object.portForward))
                            throw $TypeError(".gantry.node.v1.OpenStream.portForward: object expected");
                        message.portForward = $root.gantry.node.v1.PortForwardRequest.fromObject(object.portForward, _depth + 1);
                    }
                    if (object.http != null) {
                        if (!$util.isObject(object.http))
                            throw $TypeError(".gantry.node.v1.OpenStream.http: object expected");
                        message.http = $root.gantry.node.v1.HttpRequest.fromObject(object.http, _depth + 1);
                    }
                    return message;
                };

                /**
                 * Creates a plain object from an OpenStream message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.OpenStream
                 * @static
                 * @param {gantry.node.v1.OpenStream} message OpenStream
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                OpenStream.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults)
                        object.id = "";
                    if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                        object.id = message.id;
                    if (message.logs != null && $Object.hasOwnProperty.call(message, "logs")) {
                        object.logs = $root.gantry.node.v1.LogsRequest.toObject(message.logs, options, _depth + 1);
                        if (options.oneofs)
                            object.what = "logs";
                    }
                    if (message.exec != null && $Object.hasOwnProperty.call(message, "exec")) {
                        object.exec = $root.gantry.node.v1.ExecRequest.toObject(message.exec, options, _depth + 1);
                        if (options.oneofs)
                            object.what = "exec";
                    }
                    if (message.attach != null && $Object.hasOwnProperty.call(message, "attach")) {
                        object.attach = $root.gantry.node.v1.AttachRequest.toObject(message.attach, options, _depth + 1);
                        if (options.oneofs)
                            object.what = "attach";
                    }
                    if (message.portForward != null && $Object.hasOwnProperty.call(message, "portForward")) {
                        object.portForward = $root.gantry.node.v1.PortForwardRequest.toObject(message.portForward, options, _depth + 1);
                        if (options.oneofs)
                            object.what = "portForward";
                    }
                    if (message.http != null && $Object.hasOwnProperty.call(message, "http")) {
                        object.http = $root.gantry.node.v1.HttpRequest.toObject(message.http, options, _depth + 1);
                        if (options.oneofs)
                            object.what = "http";
                    }
                    return object;
                };

                /**
                 * Converts this OpenStream to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.OpenStream
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                OpenStream.prototype.toJSON = function() {
                    return OpenStream.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for OpenStream
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.OpenStream
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                OpenStream.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.OpenStream";
                };

                return OpenStream;
            })();

            v1.PodContainer = (function() {

                /**
                 * Properties of a PodContainer.
                 * @typedef {Object} gantry.node.v1.PodContainer.$Properties
                 * @property {string|null} [namespace] PodContainer namespace
                 * @property {string|null} [pod] PodContainer pod
                 * @property {string|null} [uid] PodContainer uid
                 * @property {string|null} [container] PodContainer container
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a PodContainer.
                 * @memberof gantry.node.v1
                 * @interface IPodContainer
                 * @augments gantry.node.v1.PodContainer.$Properties
                 * @deprecated Use gantry.node.v1.PodContainer.$Properties instead.
                 */

                /**
                 * Shape of a PodContainer.
                 * @typedef {gantry.node.v1.PodContainer.$Properties} gantry.node.v1.PodContainer.$Shape
                 */

                /**
                 * Constructs a new PodContainer.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a PodContainer.
                 * @constructor
                 * @param {gantry.node.v1.PodContainer.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const PodContainer = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * PodContainer namespace.
                 * @member {string} namespace
                 * @memberof gantry.node.v1.PodContainer
                 * @instance
                 */
                PodContainer.prototype.namespace = "";

                /**
                 * PodContainer pod.
                 * @member {string} pod
                 * @memberof gantry.node.v1.PodContainer
                 * @instance
                 */
                PodContainer.prototype.pod = "";

                /**
                 * PodContainer uid.
                 * @member {string} uid
                 * @memberof gantry.node.v1.PodContainer
                 * @instance
                 */
                PodContainer.prototype.uid = "";

                /**
                 * PodContainer container.
                 * @member {string} container
                 * @memberof gantry.node.v1.PodContainer
                 * @instance
                 */
                PodContainer.prototype.container = "";

                /**
                 * Creates a new PodContainer instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.PodContainer
                 * @static
                 * @param {gantry.node.v1.PodContainer.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.PodContainer} PodContainer instance
                 * @type {{
                 *   (properties: gantry.node.v1.PodContainer.$Shape): gantry.node.v1.PodContainer & gantry.node.v1.PodContainer.$Shape;
                 *   (properties?: gantry.node.v1.PodContainer.$Properties): gantry.node.v1.PodContainer;
                 * }}
                 */
                PodContainer.create = function(properties) {
                    return new PodContainer(properties);
                };

                /**
                 * Encodes the specified PodContainer message. Does not implicitly {@link gantry.node.v1.PodContainer.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.PodContainer
                 * @static
                 * @param {gantry.node.v1.PodContainer.$Properties} message PodContainer message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                PodContainer.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace") && message.namespace !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.namespace);
                    if (message.pod != null && $Object.hasOwnProperty.call(message, "pod") && message.pod !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.pod);
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid") && message.uid !== "")
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.uid);
                    if (message.container != null && $Object.hasOwnProperty.call(message, "container") && message.container !== "")
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.container);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a PodContainer message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.PodContainer
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.PodContainer & gantry.node.v1.PodContainer.$Shape} PodContainer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                PodContainer.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.PodContainer();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.namespace = value;
                                else
                                    delete message.namespace;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.pod = value;
                                else
                                    delete message.pod;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.uid = value;
                                else
                                    delete message.uid;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.container = value;
                                else
                                    delete message.container;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a PodContainer message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.PodContainer
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.PodContainer} PodContainer
                 */
                PodContainer.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.PodContainer)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.PodContainer: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.PodContainer();
                    if (object.namespace != null)
                        if (typeof object.namespace !== "string" || object.namespace.length)
                            message.namespace = $String(object.namespace);
                    if (object.pod != null)
                        if (typeof object.pod !== "string" || object.pod.length)
                            message.pod = $String(object.pod);
                    if (object.uid != null)
                        if (typeof object.uid !== "string" || object.uid.length)
                            message.uid = $String(object.uid);
                    if (object.container != null)
                        if (typeof object.container !== "string" || object.container.length)
                            message.container = $String(object.container);
                    return message;
                };

                /**
                 * Creates a plain object from a PodContainer message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.PodContainer
                 * @static
                 * @param {gantry.node.v1.PodContainer} message PodContainer
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                PodContainer.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.namespace = "";
                        object.pod = "";
                        object.uid = "";
                        object.container = "";
                    }
                    if (message.namespace != null && $Object.hasOwnProperty.call(message, "namespace"))
                        object.namespace = message.namespace;
                    if (message.pod != null && $Object.hasOwnProperty.call(message, "pod"))
                        object.pod = message.pod;
                    if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
                        object.uid = message.uid;
                    if (message.container != null && $Object.hasOwnProperty.call(message, "container"))
                        object.container = message.container;
                    return object;
                };

                /**
                 * Converts this PodContainer to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.PodContainer
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                PodContainer.prototype.toJSON = function() {
                    return PodContainer.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for PodContainer
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.PodContainer
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                PodContainer.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.PodContainer";
                };

                return PodContainer;
            })();

            v1.LogsRequest = (function() {

                /**
                 * Properties of a LogsRequest.
                 * @typedef {Object} gantry.node.v1.LogsRequest.$Properties
                 * @property {gantry.node.v1.PodContainer.$Properties|null} [target] LogsRequest target
                 * @property {boolean|null} [follow] LogsRequest follow
                 * @property {boolean|null} [previous] LogsRequest previous
                 * @property {boolean|null} [timestamps] LogsRequest timestamps
                 * @property {number|null} [sinceSeconds] LogsRequest sinceSeconds
                 * @property {string|null} [sinceTime] LogsRequest sinceTime
                 * @property {number|null} [tailLines] LogsRequest tailLines
                 * @property {number|null} [limitBytes] LogsRequest limitBytes
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a LogsRequest.
                 * @memberof gantry.node.v1
                 * @interface ILogsRequest
                 * @augments gantry.node.v1.LogsRequest.$Properties
                 * @deprecated Use gantry.node.v1.LogsRequest.$Properties instead.
                 */

                /**
                 * Shape of a LogsRequest.
                 * @typedef {gantry.node.v1.LogsRequest.$Properties} gantry.node.v1.LogsRequest.$Shape
                 */

                /**
                 * Constructs a new LogsRequest.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a LogsRequest.
                 * @constructor
                 * @param {gantry.node.v1.LogsRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const LogsRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * LogsRequest target.
                 * @member {gantry.node.v1.PodContainer.$Properties|null|undefined} target
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 */
                LogsRequest.prototype.target = null;

                /**
                 * LogsRequest follow.
                 * @member {boolean} follow
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 */
                LogsRequest.prototype.follow = false;

                /**
                 * LogsRequest previous.
                 * @member {boolean} previous
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 */
                LogsRequest.prototype.previous = false;

                /**
                 * LogsRequest timestamps.
                 * @member {boolean} timestamps
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 */
                LogsRequest.prototype.timestamps = false;

                /**
                 * LogsRequest sinceSeconds.
                 * @member {number|null|undefined} sinceSeconds
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 */
                LogsRequest.prototype.sinceSeconds = null;

                /**
                 * LogsRequest sinceTime.
                 * @member {string} sinceTime
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 */
                LogsRequest.prototype.sinceTime = "";

                /**
                 * LogsRequest tailLines.
                 * @member {number|null|undefined} tailLines
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 */
                LogsRequest.prototype.tailLines = null;

                /**
                 * LogsRequest limitBytes.
                 * @member {number|null|undefined} limitBytes
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 */
                LogsRequest.prototype.limitBytes = null;

                // OneOf field names bound to virtual getters and setters
                let $oneOfFields;

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LogsRequest.prototype, "_sinceSeconds", {
                    get: $util.oneOfGetter($oneOfFields = ["sinceSeconds"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LogsRequest.prototype, "_tailLines", {
                    get: $util.oneOfGetter($oneOfFields = ["tailLines"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                // Virtual OneOf for proto3 optional field
                $Object.defineProperty(LogsRequest.prototype, "_limitBytes", {
                    get: $util.oneOfGetter($oneOfFields = ["limitBytes"]),
                    set: $util.oneOfSetter($oneOfFields)
                });

                /**
                 * Creates a new LogsRequest instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.LogsRequest
                 * @static
                 * @param {gantry.node.v1.LogsRequest.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.LogsRequest} LogsRequest instance
                 * @type {{
                 *   (properties: gantry.node.v1.LogsRequest.$Shape): gantry.node.v1.LogsRequest & gantry.node.v1.LogsRequest.$Shape;
                 *   (properties?: gantry.node.v1.LogsRequest.$Properties): gantry.node.v1.LogsRequest;
                 * }}
                 */
                LogsRequest.create = function(properties) {
                    return new LogsRequest(properties);
                };

                /**
                 * Encodes the specified LogsRequest message. Does not implicitly {@link gantry.node.v1.LogsRequest.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.LogsRequest
                 * @static
                 * @param {gantry.node.v1.LogsRequest.$Properties} message LogsRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                LogsRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        $root.gantry.node.v1.PodContainer.encode(message.target, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.follow != null && $Object.hasOwnProperty.call(message, "follow") && message.follow !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.follow);
                    if (message.previous != null && $Object.hasOwnProperty.call(message, "previous") && message.previous !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.previous);
                    if (message.timestamps != null && $Object.hasOwnProperty.call(message, "timestamps") && message.timestamps !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.timestamps);
                    if (message.sinceSeconds != null && $Object.hasOwnProperty.call(message, "sinceSeconds"))
                        writer.uint32(/* id 5, wireType 0 =*/40).int64(message.sinceSeconds);
                    if (message.sinceTime != null && $Object.hasOwnProperty.call(message, "sinceTime") && message.sinceTime !== "")
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.sinceTime);
                    if (message.tailLines != null && $Object.hasOwnProperty.call(message, "tailLines"))
                        writer.uint32(/* id 7, wireType 0 =*/56).int64(message.tailLines);
                    if (message.limitBytes != null && $Object.hasOwnProperty.call(message, "limitBytes"))
                        writer.uint32(/* id 8, wireType 0 =*/64).int64(message.limitBytes);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a LogsRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.LogsRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.LogsRequest & gantry.node.v1.LogsRequest.$Shape} LogsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                LogsRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.LogsRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.target = $root.gantry.node.v1.PodContainer.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.follow = value;
                                else
                                    delete message.follow;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.previous = value;
                                else
                                    delete message.previous;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.timestamps = value;
                                else
                                    delete message.timestamps;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                message.sinceSeconds = reader.int64();
                                message._sinceSeconds = "sinceSeconds";
                                continue;
                            }
                        case 6: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.sinceTime = value;
                                else
                                    delete message.sinceTime;
                                continue;
                            }
                        case 7: {
                                if (wireType !== 0)
                                    break;
                                message.tailLines = reader.int64();
                                message._tailLines = "tailLines";
                                continue;
                            }
                        case 8: {
                                if (wireType !== 0)
                                    break;
                                message.limitBytes = reader.int64();
                                message._limitBytes = "limitBytes";
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a LogsRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.LogsRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.LogsRequest} LogsRequest
                 */
                LogsRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.LogsRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.LogsRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.LogsRequest();
                    if (object.target != null) {
                        if (!$util.isObject(object.target))
                            throw $TypeError(".gantry.node.v1.LogsRequest.target: object expected");
                        message.target = $root.gantry.node.v1.PodContainer.fromObject(object.target, _depth + 1);
                    }
                    if (object.follow != null)
                        if (object.follow)
                            message.follow = $Boolean(object.follow);
                    if (object.previous != null)
                        if (object.previous)
                            message.previous = $Boolean(object.previous);
                    if (object.timestamps != null)
                        if (object.timestamps)
                            message.timestamps = $Boolean(object.timestamps);
                    if (object.sinceSeconds != null)
                        if ($util.Long)
                            message.sinceSeconds = $util.Long.fromValue(object.sinceSeconds, false);
                        else if (typeof object.sinceSeconds === "string")
                            message.sinceSeconds = $parseInt(object.sinceSeconds, 10);
                        else if (typeof object.sinceSeconds === "number")
                            message.sinceSeconds = object.sinceSeconds;
                        else if (typeof object.sinceSeconds === "object")
                            message.sinceSeconds = new $util.LongBits(object.sinceSeconds.low >>> 0, object.sinceSeconds.high >>> 0).toNumber();
                    if (object.sinceTime != null)
                        if (typeof object.sinceTime !== "string" || object.sinceTime.length)
                            message.sinceTime = $String(object.sinceTime);
                    if (object.tailLines != null)
                        if ($util.Long)
                            message.tailLines = $util.Long.fromValue(object.tailLines, false);
                        else if (typeof object.tailLines === "string")
                            message.tailLines = $parseInt(object.tailLines, 10);
                        else if (typeof object.tailLines === "number")
                            message.tailLines = object.tailLines;
                        else if (typeof object.tailLines === "object")
                            message.tailLines = new $util.LongBits(object.tailLines.low >>> 0, object.tailLines.high >>> 0).toNumber();
                    if (object.limitBytes != null)
                        if ($util.Long)
                            message.limitBytes = $util.Long.fromValue(object.limitBytes, false);
                        else if (typeof object.limitBytes === "string")
                            message.limitBytes = $parseInt(object.limitBytes, 10);
                        else if (typeof object.limitBytes === "number")
                            message.limitBytes = object.limitBytes;
                        else if (typeof object.limitBytes === "object")
                            message.limitBytes = new $util.LongBits(object.limitBytes.low >>> 0, object.limitBytes.high >>> 0).toNumber();
                    return message;
                };

                /**
                 * Creates a plain object from a LogsRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.LogsRequest
                 * @static
                 * @param {gantry.node.v1.LogsRequest} message LogsRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                LogsRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.target = null;
                        object.follow = false;
                        object.previous = false;
                        object.timestamps = false;
                        object.sinceTime = "";
                    }
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        object.target = $root.gantry.node.v1.PodContainer.toObject(message.target, options, _depth + 1);
                    if (message.follow != null && $Object.hasOwnProperty.call(message, "follow"))
                        object.follow = message.follow;
                    if (message.previous != null && $Object.hasOwnProperty.call(message, "previous"))
                        object.previous = message.previous;
                    if (message.timestamps != null && $Object.hasOwnProperty.call(message, "timestamps"))
                        object.timestamps = message.timestamps;
                    if (message.sinceSeconds != null && $Object.hasOwnProperty.call(message, "sinceSeconds"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.sinceSeconds = typeof message.sinceSeconds === "number" ? $BigInt(message.sinceSeconds) : $util.Long.fromBits(message.sinceSeconds.low >>> 0, message.sinceSeconds.high >>> 0, false).toBigInt();
                        else if (typeof message.sinceSeconds === "number")
                            object.sinceSeconds = options.longs === $String ? $String(message.sinceSeconds) : message.sinceSeconds;
                        else
                            object.sinceSeconds = options.longs === $String ? $util.Long.prototype.toString.call(message.sinceSeconds) : options.longs === $Number ? new $util.LongBits(message.sinceSeconds.low >>> 0, message.sinceSeconds.high >>> 0).toNumber() : message.sinceSeconds;
                    if (message.sinceTime != null && $Object.hasOwnProperty.call(message, "sinceTime"))
                        object.sinceTime = message.sinceTime;
                    if (message.tailLines != null && $Object.hasOwnProperty.call(message, "tailLines"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.tailLines = typeof message.tailLines === "number" ? $BigInt(message.tailLines) : $util.Long.fromBits(message.tailLines.low >>> 0, message.tailLines.high >>> 0, false).toBigInt();
                        else if (typeof message.tailLines === "number")
                            object.tailLines = options.longs === $String ? $String(message.tailLines) : message.tailLines;
                        else
                            object.tailLines = options.longs === $String ? $util.Long.prototype.toString.call(message.tailLines) : options.longs === $Number ? new $util.LongBits(message.tailLines.low >>> 0, message.tailLines.high >>> 0).toNumber() : message.tailLines;
                    if (message.limitBytes != null && $Object.hasOwnProperty.call(message, "limitBytes"))
                        if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                            object.limitBytes = typeof message.limitBytes === "number" ? $BigInt(message.limitBytes) : $util.Long.fromBits(message.limitBytes.low >>> 0, message.limitBytes.high >>> 0, false).toBigInt();
                        else if (typeof message.limitBytes === "number")
                            object.limitBytes = options.longs === $String ? $String(message.limitBytes) : message.limitBytes;
                        else
                            object.limitBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.limitBytes) : options.longs === $Number ? new $util.LongBits(message.limitBytes.low >>> 0, message.limitBytes.high >>> 0).toNumber() : message.limitBytes;
                    return object;
                };

                /**
                 * Converts this LogsRequest to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.LogsRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                LogsRequest.prototype.toJSON = function() {
                    return LogsRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for LogsRequest
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.LogsRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                LogsRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.LogsRequest";
                };

                return LogsRequest;
            })();

            v1.ExecRequest = (function() {

                /**
                 * Properties of an ExecRequest.
                 * @typedef {Object} gantry.node.v1.ExecRequest.$Properties
                 * @property {gantry.node.v1.PodContainer.$Properties|null} [target] ExecRequest target
                 * @property {Array.<string>|null} [command] ExecRequest command
                 * @property {boolean|null} [stdin] ExecRequest stdin
                 * @property {boolean|null} [stdout] ExecRequest stdout
                 * @property {boolean|null} [stderr] ExecRequest stderr
                 * @property {boolean|null} [tty] ExecRequest tty
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an ExecRequest.
                 * @memberof gantry.node.v1
                 * @interface IExecRequest
                 * @augments gantry.node.v1.ExecRequest.$Properties
                 * @deprecated Use gantry.node.v1.ExecRequest.$Properties instead.
                 */

                /**
                 * Shape of an ExecRequest.
                 * @typedef {gantry.node.v1.ExecRequest.$Properties} gantry.node.v1.ExecRequest.$Shape
                 */

                /**
                 * Constructs a new ExecRequest.
                 * @memberof gantry.node.v1
                 * @classdesc Represents an ExecRequest.
                 * @constructor
                 * @param {gantry.node.v1.ExecRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const ExecRequest = function (properties) {
                    this.command = [];
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * ExecRequest target.
                 * @member {gantry.node.v1.PodContainer.$Properties|null|undefined} target
                 * @memberof gantry.node.v1.ExecRequest
                 * @instance
                 */
                ExecRequest.prototype.target = null;

                /**
                 * ExecRequest command.
                 * @member {Array.<string>} command
                 * @memberof gantry.node.v1.ExecRequest
                 * @instance
                 */
                ExecRequest.prototype.command = $util.emptyArray;

                /**
                 * ExecRequest stdin.
                 * @member {boolean} stdin
                 * @memberof gantry.node.v1.ExecRequest
                 * @instance
                 */
                ExecRequest.prototype.stdin = false;

                /**
                 * ExecRequest stdout.
                 * @member {boolean} stdout
                 * @memberof gantry.node.v1.ExecRequest
                 * @instance
                 */
                ExecRequest.prototype.stdout = false;

                /**
                 * ExecRequest stderr.
                 * @member {boolean} stderr
                 * @memberof gantry.node.v1.ExecRequest
                 * @instance
                 */
                ExecRequest.prototype.stderr = false;

                /**
                 * ExecRequest tty.
                 * @member {boolean} tty
                 * @memberof gantry.node.v1.ExecRequest
                 * @instance
                 */
                ExecRequest.prototype.tty = false;

                /**
                 * Creates a new ExecRequest instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.ExecRequest
                 * @static
                 * @param {gantry.node.v1.ExecRequest.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.ExecRequest} ExecRequest instance
                 * @type {{
                 *   (properties: gantry.node.v1.ExecRequest.$Shape): gantry.node.v1.ExecRequest & gantry.node.v1.ExecRequest.$Shape;
                 *   (properties?: gantry.node.v1.ExecRequest.$Properties): gantry.node.v1.ExecRequest;
                 * }}
                 */
                ExecRequest.create = function(properties) {
                    return new ExecRequest(properties);
                };

                /**
                 * Encodes the specified ExecRequest message. Does not implicitly {@link gantry.node.v1.ExecRequest.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.ExecRequest
                 * @static
                 * @param {gantry.node.v1.ExecRequest.$Properties} message ExecRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                ExecRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        $root.gantry.node.v1.PodContainer.encode(message.target, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.command != null && message.command.length)
                        for (let i = 0; i < message.command.length; ++i)
                            writer.uint32(/* id 2, wireType 2 =*/18).string(message.command[i]);
                    if (message.stdin != null && $Object.hasOwnProperty.call(message, "stdin") && message.stdin !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.stdin);
                    if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout") && message.stdout !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.stdout);
                    if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr") && message.stderr !== false)
                        writer.uint32(/* id 5, wireType 0 =*/40).bool(message.stderr);
                    if (message.tty != null && $Object.hasOwnProperty.call(message, "tty") && message.tty !== false)
                        writer.uint32(/* id 6, wireType 0 =*/48).bool(message.tty);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an ExecRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.ExecRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.ExecRequest & gantry.node.v1.ExecRequest.$Shape} ExecRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                ExecRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.ExecRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.target = $root.gantry.node.v1.PodContainer.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if (!(message.command && message.command.length))
                                    message.command = [];
                                message.command.push(reader.stringVerify());
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.stdin = value;
                                else
                                    delete message.stdin;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.stdout = value;
                                else
                                    delete message.stdout;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.stderr = value;
                                else
                                    delete message.stderr;
                                continue;
                            }
                        case 6: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.tty = value;
                                else
                                    delete message.tty;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an ExecRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.ExecRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.ExecRequest} ExecRequest
                 */
                ExecRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.ExecRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.ExecRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.ExecRequest();
                    if (object.target != null) {
                        if (!$util.isObject(object.target))
                            throw $TypeError(".gantry.node.v1.ExecRequest.target: object expected");
                        message.target = $root.gantry.node.v1.PodContainer.fromObject(object.target, _depth + 1);
                    }
                    if (object.command) {
                        if (!$Array.isArray(object.command))
                            throw $TypeError(".gantry.node.v1.ExecRequest.command: array expected");
                        message.command = $Array(object.command.length);
                        for (let i = 0; i < object.command.length; ++i)
                            message.command[i] = $String(object.command[i]);
                    }
                    if (object.stdin != null)
                        if (object.stdin)
                            message.stdin = $Boolean(object.stdin);
                    if (object.stdout != null)
                        if (object.stdout)
                            message.stdout = $Boolean(object.stdout);
                    if (object.stderr != null)
                        if (object.stderr)
                            message.stderr = $Boolean(object.stderr);
                    if (object.tty != null)
                        if (object.tty)
                            message.tty = $Boolean(object.tty);
                    return message;
                };

                /**
                 * Creates a plain object from an ExecRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.ExecRequest
                 * @static
                 * @param {gantry.node.v1.ExecRequest} message ExecRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                ExecRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.arrays || options.defaults)
                        object.command = [];
                    if (options.defaults) {
                        object.target = null;
                        object.stdin = false;
                        object.stdout = false;
                        object.stderr = false;
                        object.tty = false;
                    }
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        object.target = $root.gantry.node.v1.PodContainer.toObject(message.target, options, _depth + 1);
                    if (message.command && message.command.length) {
                        object.command = $Array(message.command.length);
                        for (let j = 0; j < message.command.length; ++j)
                            object.command[j] = message.command[j];
                    }
                    if (message.stdin != null && $Object.hasOwnProperty.call(message, "stdin"))
                        object.stdin = message.stdin;
                    if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout"))
                        object.stdout = message.stdout;
                    if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr"))
                        object.stderr = message.stderr;
                    if (message.tty != null && $Object.hasOwnProperty.call(message, "tty"))
                        object.tty = message.tty;
                    return object;
                };

                /**
                 * Converts this ExecRequest to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.ExecRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                ExecRequest.prototype.toJSON = function() {
                    return ExecRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for ExecRequest
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.ExecRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                ExecRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.ExecRequest";
                };

                return ExecRequest;
            })();

            v1.AttachRequest = (function() {

                /**
                 * Properties of an AttachRequest.
                 * @typedef {Object} gantry.node.v1.AttachRequest.$Properties
                 * @property {gantry.node.v1.PodContainer.$Properties|null} [target] AttachRequest target
                 * @property {boolean|null} [stdin] AttachRequest stdin
                 * @property {boolean|null} [stdout] AttachRequest stdout
                 * @property {boolean|null} [stderr] AttachRequest stderr
                 * @property {boolean|null} [tty] AttachRequest tty
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of an AttachRequest.
                 * @memberof gantry.node.v1
                 * @interface IAttachRequest
                 * @augments gantry.node.v1.AttachRequest.$Properties
                 * @deprecated Use gantry.node.v1.AttachRequest.$Properties instead.
                 */

                /**
                 * Shape of an AttachRequest.
                 * @typedef {gantry.node.v1.AttachRequest.$Properties} gantry.node.v1.AttachRequest.$Shape
                 */

                /**
                 * Constructs a new AttachRequest.
                 * @memberof gantry.node.v1
                 * @classdesc Represents an AttachRequest.
                 * @constructor
                 * @param {gantry.node.v1.AttachRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const AttachRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * AttachRequest target.
                 * @member {gantry.node.v1.PodContainer.$Properties|null|undefined} target
                 * @memberof gantry.node.v1.AttachRequest
                 * @instance
                 */
                AttachRequest.prototype.target = null;

                /**
                 * AttachRequest stdin.
                 * @member {boolean} stdin
                 * @memberof gantry.node.v1.AttachRequest
                 * @instance
                 */
                AttachRequest.prototype.stdin = false;

                /**
                 * AttachRequest stdout.
                 * @member {boolean} stdout
                 * @memberof gantry.node.v1.AttachRequest
                 * @instance
                 */
                AttachRequest.prototype.stdout = false;

                /**
                 * AttachRequest stderr.
                 * @member {boolean} stderr
                 * @memberof gantry.node.v1.AttachRequest
                 * @instance
                 */
                AttachRequest.prototype.stderr = false;

                /**
                 * AttachRequest tty.
                 * @member {boolean} tty
                 * @memberof gantry.node.v1.AttachRequest
                 * @instance
                 */
                AttachRequest.prototype.tty = false;

                /**
                 * Creates a new AttachRequest instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.AttachRequest
                 * @static
                 * @param {gantry.node.v1.AttachRequest.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.AttachRequest} AttachRequest instance
                 * @type {{
                 *   (properties: gantry.node.v1.AttachRequest.$Shape): gantry.node.v1.AttachRequest & gantry.node.v1.AttachRequest.$Shape;
                 *   (properties?: gantry.node.v1.AttachRequest.$Properties): gantry.node.v1.AttachRequest;
                 * }}
                 */
                AttachRequest.create = function(properties) {
                    return new AttachRequest(properties);
                };

                /**
                 * Encodes the specified AttachRequest message. Does not implicitly {@link gantry.node.v1.AttachRequest.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.AttachRequest
                 * @static
                 * @param {gantry.node.v1.AttachRequest.$Properties} message AttachRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                AttachRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        $root.gantry.node.v1.PodContainer.encode(message.target, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.stdin != null && $Object.hasOwnProperty.call(message, "stdin") && message.stdin !== false)
                        writer.uint32(/* id 2, wireType 0 =*/16).bool(message.stdin);
                    if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout") && message.stdout !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.stdout);
                    if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr") && message.stderr !== false)
                        writer.uint32(/* id 4, wireType 0 =*/32).bool(message.stderr);
                    if (message.tty != null && $Object.hasOwnProperty.call(message, "tty") && message.tty !== false)
                        writer.uint32(/* id 5, wireType 0 =*/40).bool(message.tty);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes an AttachRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.AttachRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.AttachRequest & gantry.node.v1.AttachRequest.$Shape} AttachRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                AttachRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.AttachRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.target = $root.gantry.node.v1.PodContainer.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.stdin = value;
                                else
                                    delete message.stdin;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.stdout = value;
                                else
                                    delete message.stdout;
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.stderr = value;
                                else
                                    delete message.stderr;
                                continue;
                            }
                        case 5: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.tty = value;
                                else
                                    delete message.tty;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates an AttachRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.AttachRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.AttachRequest} AttachRequest
                 */
                AttachRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.AttachRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.AttachRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.AttachRequest();
                    if (object.target != null) {
                        if (!$util.isObject(object.target))
                            throw $TypeError(".gantry.node.v1.AttachRequest.target: object expected");
                        message.target = $root.gantry.node.v1.PodContainer.fromObject(object.target, _depth + 1);
                    }
                    if (object.stdin != null)
                        if (object.stdin)
                            message.stdin = $Boolean(object.stdin);
                    if (object.stdout != null)
                        if (object.stdout)
                            message.stdout = $Boolean(object.stdout);
                    if (object.stderr != null)
                        if (object.stderr)
                            message.stderr = $Boolean(object.stderr);
                    if (object.tty != null)
                        if (object.tty)
                            message.tty = $Boolean(object.tty);
                    return message;
                };

                /**
                 * Creates a plain object from an AttachRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.AttachRequest
                 * @static
                 * @param {gantry.node.v1.AttachRequest} message AttachRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                AttachRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.target = null;
                        object.stdin = false;
                        object.stdout = false;
                        object.stderr = false;
                        object.tty = false;
                    }
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        object.target = $root.gantry.node.v1.PodContainer.toObject(message.target, options, _depth + 1);
                    if (message.stdin != null && $Object.hasOwnProperty.call(message, "stdin"))
                        object.stdin = message.stdin;
                    if (message.stdout != null && $Object.hasOwnProperty.call(message, "stdout"))
                        object.stdout = message.stdout;
                    if (message.stderr != null && $Object.hasOwnProperty.call(message, "stderr"))
                        object.stderr = message.stderr;
                    if (message.tty != null && $Object.hasOwnProperty.call(message, "tty"))
                        object.tty = message.tty;
                    return object;
                };

                /**
                 * Converts this AttachRequest to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.AttachRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                AttachRequest.prototype.toJSON = function() {
                    return AttachRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for AttachRequest
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.AttachRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                AttachRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.AttachRequest";
                };

                return AttachRequest;
            })();

            v1.PortForwardRequest = (function() {

                /**
                 * Properties of a PortForwardRequest.
                 * @typedef {Object} gantry.node.v1.PortForwardRequest.$Properties
                 * @property {gantry.node.v1.PodContainer.$Properties|null} [target] PortForwardRequest target
                 * @property {number|null} [port] PortForwardRequest port
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a PortForwardRequest.
                 * @memberof gantry.node.v1
                 * @interface IPortForwardRequest
                 * @augments gantry.node.v1.PortForwardRequest.$Properties
                 * @deprecated Use gantry.node.v1.PortForwardRequest.$Properties instead.
                 */

                /**
                 * Shape of a PortForwardRequest.
                 * @typedef {gantry.node.v1.PortForwardRequest.$Properties} gantry.node.v1.PortForwardRequest.$Shape
                 */

                /**
                 * Constructs a new PortForwardRequest.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a PortForwardRequest.
                 * @constructor
                 * @param {gantry.node.v1.PortForwardRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const PortForwardRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * PortForwardRequest target.
                 * @member {gantry.node.v1.PodContainer.$Properties|null|undefined} target
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @instance
                 */
                PortForwardRequest.prototype.target = null;

                /**
                 * PortForwardRequest port.
                 * @member {number} port
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @instance
                 */
                PortForwardRequest.prototype.port = 0;

                /**
                 * Creates a new PortForwardRequest instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @static
                 * @param {gantry.node.v1.PortForwardRequest.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.PortForwardRequest} PortForwardRequest instance
                 * @type {{
                 *   (properties: gantry.node.v1.PortForwardRequest.$Shape): gantry.node.v1.PortForwardRequest & gantry.node.v1.PortForwardRequest.$Shape;
                 *   (properties?: gantry.node.v1.PortForwardRequest.$Properties): gantry.node.v1.PortForwardRequest;
                 * }}
                 */
                PortForwardRequest.create = function(properties) {
                    return new PortForwardRequest(properties);
                };

                /**
                 * Encodes the specified PortForwardRequest message. Does not implicitly {@link gantry.node.v1.PortForwardRequest.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @static
                 * @param {gantry.node.v1.PortForwardRequest.$Properties} message PortForwardRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                PortForwardRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        $root.gantry.node.v1.PodContainer.encode(message.target, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.port);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a PortForwardRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.PortForwardRequest & gantry.node.v1.PortForwardRequest.$Shape} PortForwardRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                PortForwardRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.PortForwardRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                message.target = $root.gantry.node.v1.PodContainer.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                                continue;
                            }
                        case 2: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a PortForwardRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.PortForwardRequest} PortForwardRequest
                 */
                PortForwardRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.PortForwardRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.PortForwardRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.PortForwardRequest();
                    if (object.target != null) {
                        if (!$util.isObject(object.target))
                            throw $TypeError(".gantry.node.v1.PortForwardRequest.target: object expected");
                        message.target = $root.gantry.node.v1.PodContainer.fromObject(object.target, _depth + 1);
                    }
                    if (object.port != null)
                        if ($Number(object.port) !== 0)
                            message.port = object.port >>> 0;
                    return message;
                };

                /**
                 * Creates a plain object from a PortForwardRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @static
                 * @param {gantry.node.v1.PortForwardRequest} message PortForwardRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                PortForwardRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.target = null;
                        object.port = 0;
                    }
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        object.target = $root.gantry.node.v1.PodContainer.toObject(message.target, options, _depth + 1);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
                        object.port = message.port;
                    return object;
                };

                /**
                 * Converts this PortForwardRequest to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                PortForwardRequest.prototype.toJSON = function() {
                    return PortForwardRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for PortForwardRequest
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.PortForwardRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                PortForwardRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.PortForwardRequest";
                };

                return PortForwardRequest;
            })();

            v1.HttpRequest = (function() {

                /**
                 * Properties of a HttpRequest.
                 * @typedef {Object} gantry.node.v1.HttpRequest.$Properties
                 * @property {string|null} [method] HttpRequest method
                 * @property {string|null} [path] HttpRequest path
                 * @property {gantry.node.v1.PodContainer.$Properties|null} [target] HttpRequest target
                 * @property {number|null} [port] HttpRequest port
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a HttpRequest.
                 * @memberof gantry.node.v1
                 * @interface IHttpRequest
                 * @augments gantry.node.v1.HttpRequest.$Properties
                 * @deprecated Use gantry.node.v1.HttpRequest.$Properties instead.
                 */

                /**
                 * Shape of a HttpRequest.
                 * @typedef {gantry.node.v1.HttpRequest.$Properties} gantry.node.v1.HttpRequest.$Shape
                 */

                /**
                 * Constructs a new HttpRequest.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a HttpRequest.
                 * @constructor
                 * @param {gantry.node.v1.HttpRequest.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const HttpRequest = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * HttpRequest method.
                 * @member {string} method
                 * @memberof gantry.node.v1.HttpRequest
                 * @instance
                 */
                HttpRequest.prototype.method = "";

                /**
                 * HttpRequest path.
                 * @member {string} path
                 * @memberof gantry.node.v1.HttpRequest
                 * @instance
                 */
                HttpRequest.prototype.path = "";

                /**
                 * HttpRequest target.
                 * @member {gantry.node.v1.PodContainer.$Properties|null|undefined} target
                 * @memberof gantry.node.v1.HttpRequest
                 * @instance
                 */
                HttpRequest.prototype.target = null;

                /**
                 * HttpRequest port.
                 * @member {number} port
                 * @memberof gantry.node.v1.HttpRequest
                 * @instance
                 */
                HttpRequest.prototype.port = 0;

                /**
                 * Creates a new HttpRequest instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.HttpRequest
                 * @static
                 * @param {gantry.node.v1.HttpRequest.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.HttpRequest} HttpRequest instance
                 * @type {{
                 *   (properties: gantry.node.v1.HttpRequest.$Shape): gantry.node.v1.HttpRequest & gantry.node.v1.HttpRequest.$Shape;
                 *   (properties?: gantry.node.v1.HttpRequest.$Properties): gantry.node.v1.HttpRequest;
                 * }}
                 */
                HttpRequest.create = function(properties) {
                    return new HttpRequest(properties);
                };

                /**
                 * Encodes the specified HttpRequest message. Does not implicitly {@link gantry.node.v1.HttpRequest.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.HttpRequest
                 * @static
                 * @param {gantry.node.v1.HttpRequest.$Properties} message HttpRequest message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                HttpRequest.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.method);
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.path);
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        $root.gantry.node.v1.PodContainer.encode(message.target, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                        writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.port);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a HttpRequest message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.HttpRequest
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.HttpRequest & gantry.node.v1.HttpRequest.$Shape} HttpRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                HttpRequest.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.HttpRequest();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.method = value;
                                else
                                    delete message.method;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.stringVerify()).length)
                                    message.path = value;
                                else
                                    delete message.path;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 2)
                                    break;
                                message.target = $root.gantry.node.v1.PodContainer.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                                continue;
                            }
                        case 4: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.port = value;
                                else
                                    delete message.port;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a HttpRequest message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.HttpRequest
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.HttpRequest} HttpRequest
                 */
                HttpRequest.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.HttpRequest)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.HttpRequest: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.HttpRequest();
                    if (object.method != null)
                        if (typeof object.method !== "string" || object.method.length)
                            message.method = $String(object.method);
                    if (object.path != null)
                        if (typeof object.path !== "string" || object.path.length)
                            message.path = $String(object.path);
                    if (object.target != null) {
                        if (!$util.isObject(object.target))
                            throw $TypeError(".gantry.node.v1.HttpRequest.target: object expected");
                        message.target = $root.gantry.node.v1.PodContainer.fromObject(object.target, _depth + 1);
                    }
                    if (object.port != null)
                        if ($Number(object.port) !== 0)
                            message.port = object.port >>> 0;
                    return message;
                };

                /**
                 * Creates a plain object from a HttpRequest message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.HttpRequest
                 * @static
                 * @param {gantry.node.v1.HttpRequest} message HttpRequest
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                HttpRequest.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.method = "";
                        object.path = "";
                        object.target = null;
                        object.port = 0;
                    }
                    if (message.method != null && $Object.hasOwnProperty.call(message, "method"))
                        object.method = message.method;
                    if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                        object.path = message.path;
                    if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                        object.target = $root.gantry.node.v1.PodContainer.toObject(message.target, options, _depth + 1);
                    if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
                        object.port = message.port;
                    return object;
                };

                /**
                 * Converts this HttpRequest to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.HttpRequest
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                HttpRequest.prototype.toJSON = function() {
                    return HttpRequest.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for HttpRequest
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.HttpRequest
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                HttpRequest.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.HttpRequest";
                };

                return HttpRequest;
            })();

            v1.Chunk = (function() {

                /**
                 * Properties of a Chunk.
                 * @typedef {Object} gantry.node.v1.Chunk.$Properties
                 * @property {number|null} [channel] Chunk channel
                 * @property {Uint8Array|null} [data] Chunk data
                 * @property {boolean|null} [end] Chunk end
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */

                /**
                 * Properties of a Chunk.
                 * @memberof gantry.node.v1
                 * @interface IChunk
                 * @augments gantry.node.v1.Chunk.$Properties
                 * @deprecated Use gantry.node.v1.Chunk.$Properties instead.
                 */

                /**
                 * Shape of a Chunk.
                 * @typedef {gantry.node.v1.Chunk.$Properties} gantry.node.v1.Chunk.$Shape
                 */

                /**
                 * Constructs a new Chunk.
                 * @memberof gantry.node.v1
                 * @classdesc Represents a Chunk.
                 * @constructor
                 * @param {gantry.node.v1.Chunk.$Properties=} [properties] Properties to set
                 * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
                 */
                const Chunk = function (properties) {
                    if (properties)
                        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                            if (properties[keys[i]] != null && keys[i] !== "__proto__")
                                this[keys[i]] = properties[keys[i]];
                };

                /**
                 * Chunk channel.
                 * @member {number} channel
                 * @memberof gantry.node.v1.Chunk
                 * @instance
                 */
                Chunk.prototype.channel = 0;

                /**
                 * Chunk data.
                 * @member {Uint8Array} data
                 * @memberof gantry.node.v1.Chunk
                 * @instance
                 */
                Chunk.prototype.data = $util.newBuffer([]);

                /**
                 * Chunk end.
                 * @member {boolean} end
                 * @memberof gantry.node.v1.Chunk
                 * @instance
                 */
                Chunk.prototype.end = false;

                /**
                 * Creates a new Chunk instance using the specified properties.
                 * @function create
                 * @memberof gantry.node.v1.Chunk
                 * @static
                 * @param {gantry.node.v1.Chunk.$Properties=} [properties] Properties to set
                 * @returns {gantry.node.v1.Chunk} Chunk instance
                 * @type {{
                 *   (properties: gantry.node.v1.Chunk.$Shape): gantry.node.v1.Chunk & gantry.node.v1.Chunk.$Shape;
                 *   (properties?: gantry.node.v1.Chunk.$Properties): gantry.node.v1.Chunk;
                 * }}
                 */
                Chunk.create = function(properties) {
                    return new Chunk(properties);
                };

                /**
                 * Encodes the specified Chunk message. Does not implicitly {@link gantry.node.v1.Chunk.verify|verify} messages.
                 * @function encode
                 * @memberof gantry.node.v1.Chunk
                 * @static
                 * @param {gantry.node.v1.Chunk.$Properties} message Chunk message or plain object to encode
                 * @param {$protobuf.Writer} [writer] Writer to encode to
                 * @returns {$protobuf.Writer} Writer
                 */
                Chunk.encode = function (message, writer, _depth) {
                    if (!writer)
                        writer = $Writer.create();
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    if (message.channel != null && $Object.hasOwnProperty.call(message, "channel") && message.channel !== 0)
                        writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.channel);
                    if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                        writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.data);
                    if (message.end != null && $Object.hasOwnProperty.call(message, "end") && message.end !== false)
                        writer.uint32(/* id 3, wireType 0 =*/24).bool(message.end);
                    if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                        for (let i = 0; i < message.$unknowns.length; ++i)
                            writer.raw(message.$unknowns[i]);
                    return writer;
                };

                /**
                 * Decodes a Chunk message from the specified reader or buffer.
                 * @function decode
                 * @memberof gantry.node.v1.Chunk
                 * @static
                 * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
                 * @param {number} [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Chunk & gantry.node.v1.Chunk.$Shape} Chunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                Chunk.decode = function (reader, length, _end, _depth, _target) {
                    if (!(reader instanceof $Reader))
                        reader = $Reader.create(reader);
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $Reader.recursionLimit)
                        throw $Error("max depth exceeded");
                    let end, message, value;
                    if (length === $undefined)
                        end = reader.len;
                    else {
                        end = reader.pos + length;
                        if (end > reader.len)
                            throw $RangeError("index out of range");
                        length = reader.len;
                        reader.len = end;
                    }
                    message = _target || new $root.gantry.node.v1.Chunk();
                    while (reader.pos < end) {
                        let start = reader.pos;
                        let tag = reader.tag();
                        if (tag === _end) {
                            _end = $undefined;
                            break;
                        }
                        let wireType = tag & 7;
                        switch (tag >>>= 3) {
                        case 1: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.uint32())
                                    message.channel = value;
                                else
                                    delete message.channel;
                                continue;
                            }
                        case 2: {
                                if (wireType !== 2)
                                    break;
                                if ((value = reader.bytes()).length)
                                    message.data = value;
                                else
                                    delete message.data;
                                continue;
                            }
                        case 3: {
                                if (wireType !== 0)
                                    break;
                                if (value = reader.bool())
                                    message.end = value;
                                else
                                    delete message.end;
                                continue;
                            }
                        }
                        reader.skipType(wireType, _depth, tag);
                        if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                    }
                    if (length !== $undefined) {
                        if (reader.pos !== end)
                            throw $RangeError("index out of range");
                        reader.len = length;
                    }
                    if (_end !== $undefined)
                        throw $Error("missing end group");
                    return message;
                };

                /**
                 * Creates a Chunk message from a plain object. Also converts values to their respective internal types.
                 * @function fromObject
                 * @memberof gantry.node.v1.Chunk
                 * @static
                 * @param {Object.<string,*>} object Plain object
                 * @returns {gantry.node.v1.Chunk} Chunk
                 */
                Chunk.fromObject = function (object, _depth) {
                    if (object instanceof $root.gantry.node.v1.Chunk)
                        return object;
                    if (!$util.isObject(object))
                        throw $TypeError(".gantry.node.v1.Chunk: object expected");
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let message = new $root.gantry.node.v1.Chunk();
                    if (object.channel != null)
                        if ($Number(object.channel) !== 0)
                            message.channel = object.channel >>> 0;
                    if (object.data != null)
                        if (object.data.length)
                            if (typeof object.data === "string")
                                $util.base64.decode(object.data, message.data = $util.newBuffer($util.base64.length(object.data)), 0);
                            else if (object.data.length >= 0)
                                message.data = object.data;
                    if (object.end != null)
                        if (object.end)
                            message.end = $Boolean(object.end);
                    return message;
                };

                /**
                 * Creates a plain object from a Chunk message. Also converts values to other types if specified.
                 * @function toObject
                 * @memberof gantry.node.v1.Chunk
                 * @static
                 * @param {gantry.node.v1.Chunk} message Chunk
                 * @param {$protobuf.IConversionOptions} [options] Conversion options
                 * @returns {Object.<string,*>} Plain object
                 */
                Chunk.toObject = function (message, options, _depth) {
                    if (!options)
                        options = {};
                    if (_depth === $undefined)
                        _depth = 0;
                    if (_depth > $util.recursionLimit)
                        throw $Error("max depth exceeded");
                    let object = {};
                    if (options.defaults) {
                        object.channel = 0;
                        if (options.bytes === $String)
                            object.data = "";
                        else {
                            object.data = [];
                            if (options.bytes !== $Array)
                                object.data = $util.newBuffer(object.data);
                        }
                        object.end = false;
                    }
                    if (message.channel != null && $Object.hasOwnProperty.call(message, "channel"))
                        object.channel = message.channel;
                    if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                        object.data = options.bytes === $String ? $util.base64.encode(message.data, 0, message.data.length) : options.bytes === $Array ? $Array.prototype.slice.call(message.data) : message.data;
                    if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                        object.end = message.end;
                    return object;
                };

                /**
                 * Converts this Chunk to JSON.
                 * @function toJSON
                 * @memberof gantry.node.v1.Chunk
                 * @instance
                 * @returns {Object.<string,*>} JSON object
                 */
                Chunk.prototype.toJSON = function() {
                    return Chunk.toObject(this, $protobuf.util.toJSONOptions);
                };

                /**
                 * Gets the type url for Chunk
                 * @function getTypeUrl
                 * @memberof gantry.node.v1.Chunk
                 * @static
                 * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns {string} The type url
                 */
                Chunk.getTypeUrl = function(prefix) {
                    if (prefix === $undefined)
                        prefix = "type.googleapis.com";
                    return prefix + "/gantry.node.v1.Chunk";
                };

                return Chunk;
            })();

            return v1;
        })();

        return node;
    })();

    return gantry;
})();

export {
  $root as default
};
