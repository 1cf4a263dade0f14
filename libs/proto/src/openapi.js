/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $String = $util.global.String, $Array = $util.global.Array;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const openapi = $root.openapi = (() => {

    /**
     * Namespace openapi.
     * @exports openapi
     * @namespace
     */
    const openapi = {};

    openapi.v2 = (function() {

        /**
         * Namespace v2.
         * @memberof openapi
         * @namespace
         */
        const v2 = {};

        v2.Document = (function() {

            /**
             * Properties of a Document.
             * @typedef {Object} openapi.v2.Document.$Properties
             * @property {string|null} [swagger] Document swagger
             * @property {openapi.v2.Info.$Properties|null} [info] Document info
             * @property {openapi.v2.Paths.$Properties|null} [paths] Document paths
             * @property {openapi.v2.Definitions.$Properties|null} [definitions] Document definitions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Document.
             * @memberof openapi.v2
             * @interface IDocument
             * @augments openapi.v2.Document.$Properties
             * @deprecated Use openapi.v2.Document.$Properties instead.
             */

            /**
             * Shape of a Document.
             * @typedef {openapi.v2.Document.$Properties} openapi.v2.Document.$Shape
             */

            /**
             * Constructs a new Document.
             * @memberof openapi.v2
             * @classdesc Represents a Document.
             * @constructor
             * @param {openapi.v2.Document.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Document = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Document swagger.
             * @member {string} swagger
             * @memberof openapi.v2.Document
             * @instance
             */
            Document.prototype.swagger = "";

            /**
             * Document info.
             * @member {openapi.v2.Info.$Properties|null|undefined} info
             * @memberof openapi.v2.Document
             * @instance
             */
            Document.prototype.info = null;

            /**
             * Document paths.
             * @member {openapi.v2.Paths.$Properties|null|undefined} paths
             * @memberof openapi.v2.Document
             * @instance
             */
            Document.prototype.paths = null;

            /**
             * Document definitions.
             * @member {openapi.v2.Definitions.$Properties|null|undefined} definitions
             * @memberof openapi.v2.Document
             * @instance
             */
            Document.prototype.definitions = null;

            /**
             * Creates a new Document instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Document
             * @static
             * @param {openapi.v2.Document.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Document} Document instance
             * @type {{
             *   (properties: openapi.v2.Document.$Shape): openapi.v2.Document & openapi.v2.Document.$Shape;
             *   (properties?: openapi.v2.Document.$Properties): openapi.v2.Document;
             * }}
             */
            Document.create = function(properties) {
                return new Document(properties);
            };

            /**
             * Encodes the specified Document message. Does not implicitly {@link openapi.v2.Document.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Document
             * @static
             * @param {openapi.v2.Document.$Properties} message Document message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Document.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.swagger != null && $Object.hasOwnProperty.call(message, "swagger") && message.swagger !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.swagger);
                if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
                    $root.openapi.v2.Info.encode(message.info, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.paths != null && $Object.hasOwnProperty.call(message, "paths"))
                    $root.openapi.v2.Paths.encode(message.paths, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.definitions != null && $Object.hasOwnProperty.call(message, "definitions"))
                    $root.openapi.v2.Definitions.encode(message.definitions, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Document message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Document
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Document & openapi.v2.Document.$Shape} Document
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Document.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Document();
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
                                message.swagger = value;
                            else
                                delete message.swagger;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.info = $root.openapi.v2.Info.decode(reader, reader.size(), $undefined, _depth + 1, message.info);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.paths = $root.openapi.v2.Paths.decode(reader, reader.size(), $undefined, _depth + 1, message.paths);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.definitions = $root.openapi.v2.Definitions.decode(reader, reader.size(), $undefined, _depth + 1, message.definitions);
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
             * Creates a Document message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Document
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Document} Document
             */
            Document.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Document)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Document: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Document();
                if (object.swagger != null)
                    if (typeof object.swagger !== "string" || object.swagger.length)
                        message.swagger = $String(object.swagger);
                if (object.info != null) {
                    if (!$util.isObject(object.info))
                        throw $TypeError(".openapi.v2.Document.info: object expected");
                    message.info = $root.openapi.v2.Info.fromObject(object.info, _depth + 1);
                }
                if (object.paths != null) {
                    if (!$util.isObject(object.paths))
                        throw $TypeError(".openapi.v2.Document.paths: object expected");
                    message.paths = $root.openapi.v2.Paths.fromObject(object.paths, _depth + 1);
                }
                if (object.definitions != null) {
                    if (!$util.isObject(object.definitions))
                        throw $TypeError(".openapi.v2.Document.definitions: object expected");
                    message.definitions = $root.openapi.v2.Definitions.fromObject(object.definitions, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Document message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Document
             * @static
             * @param {openapi.v2.Document} message Document
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Document.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.swagger = "";
                    object.info = null;
                    object.paths = null;
                    object.definitions = null;
                }
                if (message.swagger != null && $Object.hasOwnProperty.call(message, "swagger"))
                    object.swagger = message.swagger;
                if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
                    object.info = $root.openapi.v2.Info.toObject(message.info, options, _depth + 1);
                if (message.paths != null && $Object.hasOwnProperty.call(message, "paths"))
                    object.paths = $root.openapi.v2.Paths.toObject(message.paths, options, _depth + 1);
                if (message.definitions != null && $Object.hasOwnProperty.call(message, "definitions"))
                    object.definitions = $root.openapi.v2.Definitions.toObject(message.definitions, options, _depth + 1);
                return object;
            };

            /**
             * Converts this Document to JSON.
             * @function toJSON
             * @memberof openapi.v2.Document
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Document.prototype.toJSON = function() {
                return Document.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Document
             * @function getTypeUrl
             * @memberof openapi.v2.Document
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Document.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Document";
            };

            return Document;
        })();

        v2.Info = (function() {

            /**
             * Properties of an Info.
             * @typedef {Object} openapi.v2.Info.$Properties
             * @property {string|null} [title] Info title
             * @property {string|null} [version] Info version
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Info.
             * @memberof openapi.v2
             * @interface IInfo
             * @augments openapi.v2.Info.$Properties
             * @deprecated Use openapi.v2.Info.$Properties instead.
             */

            /**
             * Shape of an Info.
             * @typedef {openapi.v2.Info.$Properties} openapi.v2.Info.$Shape
             */

            /**
             * Constructs a new Info.
             * @memberof openapi.v2
             * @classdesc Represents an Info.
             * @constructor
             * @param {openapi.v2.Info.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Info = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Info title.
             * @member {string} title
             * @memberof openapi.v2.Info
             * @instance
             */
            Info.prototype.title = "";

            /**
             * Info version.
             * @member {string} version
             * @memberof openapi.v2.Info
             * @instance
             */
            Info.prototype.version = "";

            /**
             * Creates a new Info instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Info
             * @static
             * @param {openapi.v2.Info.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Info} Info instance
             * @type {{
             *   (properties: openapi.v2.Info.$Shape): openapi.v2.Info & openapi.v2.Info.$Shape;
             *   (properties?: openapi.v2.Info.$Properties): openapi.v2.Info;
             * }}
             */
            Info.create = function(properties) {
                return new Info(properties);
            };

            /**
             * Encodes the specified Info message. Does not implicitly {@link openapi.v2.Info.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Info
             * @static
             * @param {openapi.v2.Info.$Properties} message Info message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Info.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.title != null && $Object.hasOwnProperty.call(message, "title") && message.title !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.title);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.version);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Info message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Info
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Info & openapi.v2.Info.$Shape} Info
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Info.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Info();
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
                                message.title = value;
                            else
                                delete message.title;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
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
             * Creates an Info message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Info
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Info} Info
             */
            Info.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Info)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Info: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Info();
                if (object.title != null)
                    if (typeof object.title !== "string" || object.title.length)
                        message.title = $String(object.title);
                if (object.version != null)
                    if (typeof object.version !== "string" || object.version.length)
                        message.version = $String(object.version);
                return message;
            };

            /**
             * Creates a plain object from an Info message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Info
             * @static
             * @param {openapi.v2.Info} message Info
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Info.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.title = "";
                    object.version = "";
                }
                if (message.title != null && $Object.hasOwnProperty.call(message, "title"))
                    object.title = message.title;
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    object.version = message.version;
                return object;
            };

            /**
             * Converts this Info to JSON.
             * @function toJSON
             * @memberof openapi.v2.Info
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Info.prototype.toJSON = function() {
                return Info.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Info
             * @function getTypeUrl
             * @memberof openapi.v2.Info
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Info.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Info";
            };

            return Info;
        })();

        v2.Paths = (function() {

            /**
             * Properties of a Paths.
             * @typedef {Object} openapi.v2.Paths.$Properties
             * @property {Array.<openapi.v2.NamedPathItem.$Properties>|null} [path] Paths path
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Paths.
             * @memberof openapi.v2
             * @interface IPaths
             * @augments openapi.v2.Paths.$Properties
             * @deprecated Use openapi.v2.Paths.$Properties instead.
             */

            /**
             * Shape of a Paths.
             * @typedef {openapi.v2.Paths.$Properties} openapi.v2.Paths.$Shape
             */

            /**
             * Constructs a new Paths.
             * @memberof openapi.v2
             * @classdesc Represents a Paths.
             * @constructor
             * @param {openapi.v2.Paths.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Paths = function (properties) {
                this.path = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Paths path.
             * @member {Array.<openapi.v2.NamedPathItem.$Properties>} path
             * @memberof openapi.v2.Paths
             * @instance
             */
            Paths.prototype.path = $util.emptyArray;

            /**
             * Creates a new Paths instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Paths
             * @static
             * @param {openapi.v2.Paths.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Paths} Paths instance
             * @type {{
             *   (properties: openapi.v2.Paths.$Shape): openapi.v2.Paths & openapi.v2.Paths.$Shape;
             *   (properties?: openapi.v2.Paths.$Properties): openapi.v2.Paths;
             * }}
             */
            Paths.create = function(properties) {
                return new Paths(properties);
            };

            /**
             * Encodes the specified Paths message. Does not implicitly {@link openapi.v2.Paths.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Paths
             * @static
             * @param {openapi.v2.Paths.$Properties} message Paths message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Paths.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && message.path.length)
                    for (let i = 0; i < message.path.length; ++i)
                        $root.openapi.v2.NamedPathItem.encode(message.path[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Paths message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Paths
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Paths & openapi.v2.Paths.$Shape} Paths
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Paths.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Paths();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.path && message.path.length))
                                message.path = [];
                            message.path.push($root.openapi.v2.NamedPathItem.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Creates a Paths message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Paths
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Paths} Paths
             */
            Paths.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Paths)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Paths: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Paths();
                if (object.path) {
                    if (!$Array.isArray(object.path))
                        throw $TypeError(".openapi.v2.Paths.path: array expected");
                    message.path = $Array(object.path.length);
                    for (let i = 0; i < object.path.length; ++i) {
                        if (!$util.isObject(object.path[i]))
                            throw $TypeError(".openapi.v2.Paths.path: object expected");
                        message.path[i] = $root.openapi.v2.NamedPathItem.fromObject(object.path[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a Paths message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Paths
             * @static
             * @param {openapi.v2.Paths} message Paths
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Paths.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.path = [];
                if (message.path && message.path.length) {
                    object.path = $Array(message.path.length);
                    for (let j = 0; j < message.path.length; ++j)
                        object.path[j] = $root.openapi.v2.NamedPathItem.toObject(message.path[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Paths to JSON.
             * @function toJSON
             * @memberof openapi.v2.Paths
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Paths.prototype.toJSON = function() {
                return Paths.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Paths
             * @function getTypeUrl
             * @memberof openapi.v2.Paths
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Paths.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Paths";
            };

            return Paths;
        })();

        v2.NamedPathItem = (function() {

            /**
             * Properties of a NamedPathItem.
             * @typedef {Object} openapi.v2.NamedPathItem.$Properties
             * @property {string|null} [name] NamedPathItem name
             * @property {openapi.v2.PathItem.$Properties|null} [value] NamedPathItem value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamedPathItem.
             * @memberof openapi.v2
             * @interface INamedPathItem
             * @augments openapi.v2.NamedPathItem.$Properties
             * @deprecated Use openapi.v2.NamedPathItem.$Properties instead.
             */

            /**
             * Shape of a NamedPathItem.
             * @typedef {openapi.v2.NamedPathItem.$Properties} openapi.v2.NamedPathItem.$Shape
             */

            /**
             * Constructs a new NamedPathItem.
             * @memberof openapi.v2
             * @classdesc Represents a NamedPathItem.
             * @constructor
             * @param {openapi.v2.NamedPathItem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamedPathItem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamedPathItem name.
             * @member {string} name
             * @memberof openapi.v2.NamedPathItem
             * @instance
             */
            NamedPathItem.prototype.name = "";

            /**
             * NamedPathItem value.
             * @member {openapi.v2.PathItem.$Properties|null|undefined} value
             * @memberof openapi.v2.NamedPathItem
             * @instance
             */
            NamedPathItem.prototype.value = null;

            /**
             * Creates a new NamedPathItem instance using the specified properties.
             * @function create
             * @memberof openapi.v2.NamedPathItem
             * @static
             * @param {openapi.v2.NamedPathItem.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.NamedPathItem} NamedPathItem instance
             * @type {{
             *   (properties: openapi.v2.NamedPathItem.$Shape): openapi.v2.NamedPathItem & openapi.v2.NamedPathItem.$Shape;
             *   (properties?: openapi.v2.NamedPathItem.$Properties): openapi.v2.NamedPathItem;
             * }}
             */
            NamedPathItem.create = function(properties) {
                return new NamedPathItem(properties);
            };

            /**
             * Encodes the specified NamedPathItem message. Does not implicitly {@link openapi.v2.NamedPathItem.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.NamedPathItem
             * @static
             * @param {openapi.v2.NamedPathItem.$Properties} message NamedPathItem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamedPathItem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    $root.openapi.v2.PathItem.encode(message.value, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NamedPathItem message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.NamedPathItem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.NamedPathItem & openapi.v2.NamedPathItem.$Shape} NamedPathItem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamedPathItem.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.NamedPathItem();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.value = $root.openapi.v2.PathItem.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
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
             * Creates a NamedPathItem message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.NamedPathItem
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.NamedPathItem} NamedPathItem
             */
            NamedPathItem.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.NamedPathItem)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.NamedPathItem: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.NamedPathItem();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.value != null) {
                    if (!$util.isObject(object.value))
                        throw $TypeError(".openapi.v2.NamedPathItem.value: object expected");
                    message.value = $root.openapi.v2.PathItem.fromObject(object.value, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a NamedPathItem message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.NamedPathItem
             * @static
             * @param {openapi.v2.NamedPathItem} message NamedPathItem
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NamedPathItem.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.name = "";
                    object.value = null;
                }
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    object.value = $root.openapi.v2.PathItem.toObject(message.value, options, _depth + 1);
                return object;
            };

            /**
             * Converts this NamedPathItem to JSON.
             * @function toJSON
             * @memberof openapi.v2.NamedPathItem
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NamedPathItem.prototype.toJSON = function() {
                return NamedPathItem.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for NamedPathItem
             * @function getTypeUrl
             * @memberof openapi.v2.NamedPathItem
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NamedPathItem.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.NamedPathItem";
            };

            return NamedPathItem;
        })();

        v2.PathItem = (function() {

            /**
             * Properties of a PathItem.
             * @typedef {Object} openapi.v2.PathItem.$Properties
             * @property {openapi.v2.Operation.$Properties|null} [get] PathItem get
             * @property {openapi.v2.Operation.$Properties|null} [put] PathItem put
             * @property {openapi.v2.Operation.$Properties|null} [post] PathItem post
             * @property {openapi.v2.Operation.$Properties|null} ["delete"] PathItem delete
             * @property {openapi.v2.Operation.$Properties|null} [patch] PathItem patch
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PathItem.
             * @memberof openapi.v2
             * @interface IPathItem
             * @augments openapi.v2.PathItem.$Properties
             * @deprecated Use openapi.v2.PathItem.$Properties instead.
             */

            /**
             * Shape of a PathItem.
             * @typedef {openapi.v2.PathItem.$Properties} openapi.v2.PathItem.$Shape
             */

            /**
             * Constructs a new PathItem.
             * @memberof openapi.v2
             * @classdesc Represents a PathItem.
             * @constructor
             * @param {openapi.v2.PathItem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PathItem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PathItem get.
             * @member {openapi.v2.Operation.$Properties|null|undefined} get
             * @memberof openapi.v2.PathItem
             * @instance
             */
            PathItem.prototype.get = null;

            /**
             * PathItem put.
             * @member {openapi.v2.Operation.$Properties|null|undefined} put
             * @memberof openapi.v2.PathItem
             * @instance
             */
            PathItem.prototype.put = null;

            /**
             * PathItem post.
             * @member {openapi.v2.Operation.$Properties|null|undefined} post
             * @memberof openapi.v2.PathItem
             * @instance
             */
            PathItem.prototype.post = null;

            /**
             * PathItem delete.
             * @member {openapi.v2.Operation.$Properties|null|undefined} delete
             * @memberof openapi.v2.PathItem
             * @instance
             */
            PathItem.prototype["delete"] = null;

            /**
             * PathItem patch.
             * @member {openapi.v2.Operation.$Properties|null|undefined} patch
             * @memberof openapi.v2.PathItem
             * @instance
             */
            PathItem.prototype.patch = null;

            /**
             * Creates a new PathItem instance using the specified properties.
             * @function create
             * @memberof openapi.v2.PathItem
             * @static
             * @param {openapi.v2.PathItem.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.PathItem} PathItem instance
             * @type {{
             *   (properties: openapi.v2.PathItem.$Shape): openapi.v2.PathItem & openapi.v2.PathItem.$Shape;
             *   (properties?: openapi.v2.PathItem.$Properties): openapi.v2.PathItem;
             * }}
             */
            PathItem.create = function(properties) {
                return new PathItem(properties);
            };

            /**
             * Encodes the specified PathItem message. Does not implicitly {@link openapi.v2.PathItem.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.PathItem
             * @static
             * @param {openapi.v2.PathItem.$Properties} message PathItem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PathItem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.get != null && $Object.hasOwnProperty.call(message, "get"))
                    $root.openapi.v2.Operation.encode(message.get, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.put != null && $Object.hasOwnProperty.call(message, "put"))
                    $root.openapi.v2.Operation.encode(message.put, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.post != null && $Object.hasOwnProperty.call(message, "post"))
                    $root.openapi.v2.Operation.encode(message.post, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message["delete"] != null && $Object.hasOwnProperty.call(message, "delete"))
                    $root.openapi.v2.Operation.encode(message["delete"], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.patch != null && $Object.hasOwnProperty.call(message, "patch"))
                    $root.openapi.v2.Operation.encode(message.patch, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PathItem message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.PathItem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.PathItem & openapi.v2.PathItem.$Shape} PathItem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PathItem.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.PathItem();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.get = $root.openapi.v2.Operation.decode(reader, reader.size(), $undefined, _depth + 1, message.get);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.put = $root.openapi.v2.Operation.decode(reader, reader.size(), $undefined, _depth + 1, message.put);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.post = $root.openapi.v2.Operation.decode(reader, reader.size(), $undefined, _depth + 1, message.post);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message["delete"] = $root.openapi.v2.Operation.decode(reader, reader.size(), $undefined, _depth + 1, message["delete"]);
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.patch = $root.openapi.v2.Operation.decode(reader, reader.size(), $undefined, _depth + 1, message.patch);
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
             * Creates a PathItem message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.PathItem
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.PathItem} PathItem
             */
            PathItem.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.PathItem)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.PathItem: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.PathItem();
                if (object.get != null) {
                    if (!$util.isObject(object.get))
                        throw $TypeError(".openapi.v2.PathItem.get: object expected");
                    message.get = $root.openapi.v2.Operation.fromObject(object.get, _depth + 1);
                }
                if (object.put != null) {
                    if (!$util.isObject(object.put))
                        throw $TypeError(".openapi.v2.PathItem.put: object expected");
                    message.put = $root.openapi.v2.Operation.fromObject(object.put, _depth + 1);
                }
                if (object.post != null) {
                    if (!$util.isObject(object.post))
                        throw $TypeError(".openapi.v2.PathItem.post: object expected");
                    message.post = $root.openapi.v2.Operation.fromObject(object.post, _depth + 1);
                }
                if (object["delete"] != null) {
                    if (!$util.isObject(object["delete"]))
                        throw $TypeError(".openapi.v2.PathItem.delete: object expected");
                    message["delete"] = $root.openapi.v2.Operation.fromObject(object["delete"], _depth + 1);
                }
                if (object.patch != null) {
                    if (!$util.isObject(object.patch))
                        throw $TypeError(".openapi.v2.PathItem.patch: object expected");
                    message.patch = $root.openapi.v2.Operation.fromObject(object.patch, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a PathItem message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.PathItem
             * @static
             * @param {openapi.v2.PathItem} message PathItem
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PathItem.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.get = null;
                    object.put = null;
                    object.post = null;
                    object["delete"] = null;
                    object.patch = null;
                }
                if (message.get != null && $Object.hasOwnProperty.call(message, "get"))
                    object.get = $root.openapi.v2.Operation.toObject(message.get, options, _depth + 1);
                if (message.put != null && $Object.hasOwnProperty.call(message, "put"))
                    object.put = $root.openapi.v2.Operation.toObject(message.put, options, _depth + 1);
                if (message.post != null && $Object.hasOwnProperty.call(message, "post"))
                    object.post = $root.openapi.v2.Operation.toObject(message.post, options, _depth + 1);
                if (message["delete"] != null && $Object.hasOwnProperty.call(message, "delete"))
                    object["delete"] = $root.openapi.v2.Operation.toObject(message["delete"], options, _depth + 1);
                if (message.patch != null && $Object.hasOwnProperty.call(message, "patch"))
                    object.patch = $root.openapi.v2.Operation.toObject(message.patch, options, _depth + 1);
                return object;
            };

            /**
             * Converts this PathItem to JSON.
             * @function toJSON
             * @memberof openapi.v2.PathItem
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PathItem.prototype.toJSON = function() {
                return PathItem.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for PathItem
             * @function getTypeUrl
             * @memberof openapi.v2.PathItem
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PathItem.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.PathItem";
            };

            return PathItem;
        })();

        v2.Operation = (function() {

            /**
             * Properties of an Operation.
             * @typedef {Object} openapi.v2.Operation.$Properties
             * @property {string|null} [description] Operation description
             * @property {string|null} [operationId] Operation operationId
             * @property {Array.<string>|null} [produces] Operation produces
             * @property {Array.<string>|null} [consumes] Operation consumes
             * @property {Array.<openapi.v2.ParametersItem.$Properties>|null} [parameters] Operation parameters
             * @property {openapi.v2.Responses.$Properties|null} [responses] Operation responses
             * @property {Array.<openapi.v2.NamedAny.$Properties>|null} [vendorExtension] Operation vendorExtension
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Operation.
             * @memberof openapi.v2
             * @interface IOperation
             * @augments openapi.v2.Operation.$Properties
             * @deprecated Use openapi.v2.Operation.$Properties instead.
             */

            /**
             * Shape of an Operation.
             * @typedef {openapi.v2.Operation.$Properties} openapi.v2.Operation.$Shape
             */

            /**
             * Constructs a new Operation.
             * @memberof openapi.v2
             * @classdesc Represents an Operation.
             * @constructor
             * @param {openapi.v2.Operation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Operation = function (properties) {
                this.produces = [];
                this.consumes = [];
                this.parameters = [];
                this.vendorExtension = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Operation description.
             * @member {string} description
             * @memberof openapi.v2.Operation
             * @instance
             */
            Operation.prototype.description = "";

            /**
             * Operation operationId.
             * @member {string} operationId
             * @memberof openapi.v2.Operation
             * @instance
             */
            Operation.prototype.operationId = "";

            /**
             * Operation produces.
             * @member {Array.<string>} produces
             * @memberof openapi.v2.Operation
             * @instance
             */
            Operation.prototype.produces = $util.emptyArray;

            /**
             * Operation consumes.
             * @member {Array.<string>} consumes
             * @memberof openapi.v2.Operation
             * @instance
             */
            Operation.prototype.consumes = $util.emptyArray;

            /**
             * Operation parameters.
             * @member {Array.<openapi.v2.ParametersItem.$Properties>} parameters
             * @memberof openapi.v2.Operation
             * @instance
             */
            Operation.prototype.parameters = $util.emptyArray;

            /**
             * Operation responses.
             * @member {openapi.v2.Responses.$Properties|null|undefined} responses
             * @memberof openapi.v2.Operation
             * @instance
             */
            Operation.prototype.responses = null;

            /**
             * Operation vendorExtension.
             * @member {Array.<openapi.v2.NamedAny.$Properties>} vendorExtension
             * @memberof openapi.v2.Operation
             * @instance
             */
            Operation.prototype.vendorExtension = $util.emptyArray;

            /**
             * Creates a new Operation instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Operation
             * @static
             * @param {openapi.v2.Operation.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Operation} Operation instance
             * @type {{
             *   (properties: openapi.v2.Operation.$Shape): openapi.v2.Operation & openapi.v2.Operation.$Shape;
             *   (properties?: openapi.v2.Operation.$Properties): openapi.v2.Operation;
             * }}
             */
            Operation.create = function(properties) {
                return new Operation(properties);
            };

            /**
             * Encodes the specified Operation message. Does not implicitly {@link openapi.v2.Operation.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Operation
             * @static
             * @param {openapi.v2.Operation.$Properties} message Operation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Operation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.description != null && $Object.hasOwnProperty.call(message, "description") && message.description !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.description);
                if (message.operationId != null && $Object.hasOwnProperty.call(message, "operationId") && message.operationId !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.operationId);
                if (message.produces != null && message.produces.length)
                    for (let i = 0; i < message.produces.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.produces[i]);
                if (message.consumes != null && message.consumes.length)
                    for (let i = 0; i < message.consumes.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.consumes[i]);
                if (message.parameters != null && message.parameters.length)
                    for (let i = 0; i < message.parameters.length; ++i)
                        $root.openapi.v2.ParametersItem.encode(message.parameters[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.responses != null && $Object.hasOwnProperty.call(message, "responses"))
                    $root.openapi.v2.Responses.encode(message.responses, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.vendorExtension != null && message.vendorExtension.length)
                    for (let i = 0; i < message.vendorExtension.length; ++i)
                        $root.openapi.v2.NamedAny.encode(message.vendorExtension[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Operation message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Operation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Operation & openapi.v2.Operation.$Shape} Operation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Operation.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Operation();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.description = value;
                            else
                                delete message.description;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.operationId = value;
                            else
                                delete message.operationId;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.produces && message.produces.length))
                                message.produces = [];
                            message.produces.push(reader.stringVerify());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.consumes && message.consumes.length))
                                message.consumes = [];
                            message.consumes.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.parameters && message.parameters.length))
                                message.parameters = [];
                            message.parameters.push($root.openapi.v2.ParametersItem.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.responses = $root.openapi.v2.Responses.decode(reader, reader.size(), $undefined, _depth + 1, message.responses);
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if (!(message.vendorExtension && message.vendorExtension.length))
                                message.vendorExtension = [];
                            message.vendorExtension.push($root.openapi.v2.NamedAny.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Creates an Operation message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Operation
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Operation} Operation
             */
            Operation.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Operation)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Operation: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Operation();
                if (object.description != null)
                    if (typeof object.description !== "string" || object.description.length)
                        message.description = $String(object.description);
                if (object.operationId != null)
                    if (typeof object.operationId !== "string" || object.operationId.length)
                        message.operationId = $String(object.operationId);
                if (object.produces) {
                    if (!$Array.isArray(object.produces))
                        throw $TypeError(".openapi.v2.Operation.produces: array expected");
                    message.produces = $Array(object.produces.length);
                    for (let i = 0; i < object.produces.length; ++i)
                        message.produces[i] = $String(object.produces[i]);
                }
                if (object.consumes) {
                    if (!$Array.isArray(object.consumes))
                        throw $TypeError(".openapi.v2.Operation.consumes: array expected");
                    message.consumes = $Array(object.consumes.length);
                    for (let i = 0; i < object.consumes.length; ++i)
                        message.consumes[i] = $String(object.consumes[i]);
                }
                if (object.parameters) {
                    if (!$Array.isArray(object.parameters))
                        throw $TypeError(".openapi.v2.Operation.parameters: array expected");
                    message.parameters = $Array(object.parameters.length);
                    for (let i = 0; i < object.parameters.length; ++i) {
                        if (!$util.isObject(object.parameters[i]))
                            throw $TypeError(".openapi.v2.Operation.parameters: object expected");
                        message.parameters[i] = $root.openapi.v2.ParametersItem.fromObject(object.parameters[i], _depth + 1);
                    }
                }
                if (object.responses != null) {
                    if (!$util.isObject(object.responses))
                        throw $TypeError(".openapi.v2.Operation.responses: object expected");
                    message.responses = $root.openapi.v2.Responses.fromObject(object.responses, _depth + 1);
                }
                if (object.vendorExtension) {
                    if (!$Array.isArray(object.vendorExtension))
                        throw $TypeError(".openapi.v2.Operation.vendorExtension: array expected");
                    message.vendorExtension = $Array(object.vendorExtension.length);
                    for (let i = 0; i < object.vendorExtension.length; ++i) {
                        if (!$util.isObject(object.vendorExtension[i]))
                            throw $TypeError(".openapi.v2.Operation.vendorExtension: object expected");
                        message.vendorExtension[i] = $root.openapi.v2.NamedAny.fromObject(object.vendorExtension[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from an Operation message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Operation
             * @static
             * @param {openapi.v2.Operation} message Operation
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Operation.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.produces = [];
                    object.consumes = [];
                    object.parameters = [];
                    object.vendorExtension = [];
                }
                if (options.defaults) {
                    object.description = "";
                    object.operationId = "";
                    object.responses = null;
                }
                if (message.description != null && $Object.hasOwnProperty.call(message, "description"))
                    object.description = message.description;
                if (message.operationId != null && $Object.hasOwnProperty.call(message, "operationId"))
                    object.operationId = message.operationId;
                if (message.produces && message.produces.length) {
                    object.produces = $Array(message.produces.length);
                    for (let j = 0; j < message.produces.length; ++j)
                        object.produces[j] = message.produces[j];
                }
                if (message.consumes && message.consumes.length) {
                    object.consumes = $Array(message.consumes.length);
                    for (let j = 0; j < message.consumes.length; ++j)
                        object.consumes[j] = message.consumes[j];
                }
                if (message.parameters && message.parameters.length) {
                    object.parameters = $Array(message.parameters.length);
                    for (let j = 0; j < message.parameters.length; ++j)
                        object.parameters[j] = $root.openapi.v2.ParametersItem.toObject(message.parameters[j], options, _depth + 1);
                }
                if (message.responses != null && $Object.hasOwnProperty.call(message, "responses"))
                    object.responses = $root.openapi.v2.Responses.toObject(message.responses, options, _depth + 1);
                if (message.vendorExtension && message.vendorExtension.length) {
                    object.vendorExtension = $Array(message.vendorExtension.length);
                    for (let j = 0; j < message.vendorExtension.length; ++j)
                        object.vendorExtension[j] = $root.openapi.v2.NamedAny.toObject(message.vendorExtension[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Operation to JSON.
             * @function toJSON
             * @memberof openapi.v2.Operation
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Operation.prototype.toJSON = function() {
                return Operation.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Operation
             * @function getTypeUrl
             * @memberof openapi.v2.Operation
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Operation.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Operation";
            };

            return Operation;
        })();

        v2.ParametersItem = (function() {

            /**
             * Properties of a ParametersItem.
             * @typedef {Object} openapi.v2.ParametersItem.$Properties
             * @property {openapi.v2.Parameter.$Properties|null} [parameter] ParametersItem parameter
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ParametersItem.
             * @memberof openapi.v2
             * @interface IParametersItem
             * @augments openapi.v2.ParametersItem.$Properties
             * @deprecated Use openapi.v2.ParametersItem.$Properties instead.
             */

            /**
             * Shape of a ParametersItem.
             * @typedef {openapi.v2.ParametersItem.$Properties} openapi.v2.ParametersItem.$Shape
             */

            /**
             * Constructs a new ParametersItem.
             * @memberof openapi.v2
             * @classdesc Represents a ParametersItem.
             * @constructor
             * @param {openapi.v2.ParametersItem.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ParametersItem = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ParametersItem parameter.
             * @member {openapi.v2.Parameter.$Properties|null|undefined} parameter
             * @memberof openapi.v2.ParametersItem
             * @instance
             */
            ParametersItem.prototype.parameter = null;

            /**
             * Creates a new ParametersItem instance using the specified properties.
             * @function create
             * @memberof openapi.v2.ParametersItem
             * @static
             * @param {openapi.v2.ParametersItem.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.ParametersItem} ParametersItem instance
             * @type {{
             *   (properties: openapi.v2.ParametersItem.$Shape): openapi.v2.ParametersItem & openapi.v2.ParametersItem.$Shape;
             *   (properties?: openapi.v2.ParametersItem.$Properties): openapi.v2.ParametersItem;
             * }}
             */
            ParametersItem.create = function(properties) {
                return new ParametersItem(properties);
            };

            /**
             * Encodes the specified ParametersItem message. Does not implicitly {@link openapi.v2.ParametersItem.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.ParametersItem
             * @static
             * @param {openapi.v2.ParametersItem.$Properties} message ParametersItem message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ParametersItem.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.parameter != null && $Object.hasOwnProperty.call(message, "parameter"))
                    $root.openapi.v2.Parameter.encode(message.parameter, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ParametersItem message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.ParametersItem
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.ParametersItem & openapi.v2.ParametersItem.$Shape} ParametersItem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ParametersItem.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.ParametersItem();
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
                            message.parameter = $root.openapi.v2.Parameter.decode(reader, reader.size(), $undefined, _depth + 1, message.parameter);
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
             * Creates a ParametersItem message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.ParametersItem
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.ParametersItem} ParametersItem
             */
            ParametersItem.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.ParametersItem)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.ParametersItem: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.ParametersItem();
                if (object.parameter != null) {
                    if (!$util.isObject(object.parameter))
                        throw $TypeError(".openapi.v2.ParametersItem.parameter: object expected");
                    message.parameter = $root.openapi.v2.Parameter.fromObject(object.parameter, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a ParametersItem message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.ParametersItem
             * @static
             * @param {openapi.v2.ParametersItem} message ParametersItem
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ParametersItem.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.parameter = null;
                if (message.parameter != null && $Object.hasOwnProperty.call(message, "parameter"))
                    object.parameter = $root.openapi.v2.Parameter.toObject(message.parameter, options, _depth + 1);
                return object;
            };

            /**
             * Converts this ParametersItem to JSON.
             * @function toJSON
             * @memberof openapi.v2.ParametersItem
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ParametersItem.prototype.toJSON = function() {
                return ParametersItem.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for ParametersItem
             * @function getTypeUrl
             * @memberof openapi.v2.ParametersItem
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ParametersItem.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.ParametersItem";
            };

            return ParametersItem;
        })();

        v2.Parameter = (function() {

            /**
             * Properties of a Parameter.
             * @typedef {Object} openapi.v2.Parameter.$Properties
             * @property {openapi.v2.NonBodyParameter.$Properties|null} [nonBodyParameter] Parameter nonBodyParameter
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Parameter.
             * @memberof openapi.v2
             * @interface IParameter
             * @augments openapi.v2.Parameter.$Properties
             * @deprecated Use openapi.v2.Parameter.$Properties instead.
             */

            /**
             * Shape of a Parameter.
             * @typedef {openapi.v2.Parameter.$Properties} openapi.v2.Parameter.$Shape
             */

            /**
             * Constructs a new Parameter.
             * @memberof openapi.v2
             * @classdesc Represents a Parameter.
             * @constructor
             * @param {openapi.v2.Parameter.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Parameter = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Parameter nonBodyParameter.
             * @member {openapi.v2.NonBodyParameter.$Properties|null|undefined} nonBodyParameter
             * @memberof openapi.v2.Parameter
             * @instance
             */
            Parameter.prototype.nonBodyParameter = null;

            /**
             * Creates a new Parameter instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Parameter
             * @static
             * @param {openapi.v2.Parameter.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Parameter} Parameter instance
             * @type {{
             *   (properties: openapi.v2.Parameter.$Shape): openapi.v2.Parameter & openapi.v2.Parameter.$Shape;
             *   (properties?: openapi.v2.Parameter.$Properties): openapi.v2.Parameter;
             * }}
             */
            Parameter.create = function(properties) {
                return new Parameter(properties);
            };

            /**
             * Encodes the specified Parameter message. Does not implicitly {@link openapi.v2.Parameter.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Parameter
             * @static
             * @param {openapi.v2.Parameter.$Properties} message Parameter message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Parameter.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nonBodyParameter != null && $Object.hasOwnProperty.call(message, "nonBodyParameter"))
                    $root.openapi.v2.NonBodyParameter.encode(message.nonBodyParameter, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Parameter message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Parameter
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Parameter & openapi.v2.Parameter.$Shape} Parameter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Parameter.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Parameter();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.nonBodyParameter = $root.openapi.v2.NonBodyParameter.decode(reader, reader.size(), $undefined, _depth + 1, message.nonBodyParameter);
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
             * Creates a Parameter message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Parameter
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Parameter} Parameter
             */
            Parameter.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Parameter)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Parameter: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Parameter();
                if (object.nonBodyParameter != null) {
                    if (!$util.isObject(object.nonBodyParameter))
                        throw $TypeError(".openapi.v2.Parameter.nonBodyParameter: object expected");
                    message.nonBodyParameter = $root.openapi.v2.NonBodyParameter.fromObject(object.nonBodyParameter, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Parameter message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Parameter
             * @static
             * @param {openapi.v2.Parameter} message Parameter
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Parameter.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.nonBodyParameter = null;
                if (message.nonBodyParameter != null && $Object.hasOwnProperty.call(message, "nonBodyParameter"))
                    object.nonBodyParameter = $root.openapi.v2.NonBodyParameter.toObject(message.nonBodyParameter, options, _depth + 1);
                return object;
            };

            /**
             * Converts this Parameter to JSON.
             * @function toJSON
             * @memberof openapi.v2.Parameter
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Parameter.prototype.toJSON = function() {
                return Parameter.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Parameter
             * @function getTypeUrl
             * @memberof openapi.v2.Parameter
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Parameter.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Parameter";
            };

            return Parameter;
        })();

        v2.NonBodyParameter = (function() {

            /**
             * Properties of a NonBodyParameter.
             * @typedef {Object} openapi.v2.NonBodyParameter.$Properties
             * @property {openapi.v2.QueryParameter.$Properties|null} [queryParameter] NonBodyParameter queryParameter
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NonBodyParameter.
             * @memberof openapi.v2
             * @interface INonBodyParameter
             * @augments openapi.v2.NonBodyParameter.$Properties
             * @deprecated Use openapi.v2.NonBodyParameter.$Properties instead.
             */

            /**
             * Shape of a NonBodyParameter.
             * @typedef {openapi.v2.NonBodyParameter.$Properties} openapi.v2.NonBodyParameter.$Shape
             */

            /**
             * Constructs a new NonBodyParameter.
             * @memberof openapi.v2
             * @classdesc Represents a NonBodyParameter.
             * @constructor
             * @param {openapi.v2.NonBodyParameter.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NonBodyParameter = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NonBodyParameter queryParameter.
             * @member {openapi.v2.QueryParameter.$Properties|null|undefined} queryParameter
             * @memberof openapi.v2.NonBodyParameter
             * @instance
             */
            NonBodyParameter.prototype.queryParameter = null;

            /**
             * Creates a new NonBodyParameter instance using the specified properties.
             * @function create
             * @memberof openapi.v2.NonBodyParameter
             * @static
             * @param {openapi.v2.NonBodyParameter.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.NonBodyParameter} NonBodyParameter instance
             * @type {{
             *   (properties: openapi.v2.NonBodyParameter.$Shape): openapi.v2.NonBodyParameter & openapi.v2.NonBodyParameter.$Shape;
             *   (properties?: openapi.v2.NonBodyParameter.$Properties): openapi.v2.NonBodyParameter;
             * }}
             */
            NonBodyParameter.create = function(properties) {
                return new NonBodyParameter(properties);
            };

            /**
             * Encodes the specified NonBodyParameter message. Does not implicitly {@link openapi.v2.NonBodyParameter.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.NonBodyParameter
             * @static
             * @param {openapi.v2.NonBodyParameter.$Properties} message NonBodyParameter message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NonBodyParameter.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.queryParameter != null && $Object.hasOwnProperty.call(message, "queryParameter"))
                    $root.openapi.v2.QueryParameter.encode(message.queryParameter, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NonBodyParameter message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.NonBodyParameter
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.NonBodyParameter & openapi.v2.NonBodyParameter.$Shape} NonBodyParameter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NonBodyParameter.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.NonBodyParameter();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.queryParameter = $root.openapi.v2.QueryParameter.decode(reader, reader.size(), $undefined, _depth + 1, message.queryParameter);
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
             * Creates a NonBodyParameter message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.NonBodyParameter
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.NonBodyParameter} NonBodyParameter
             */
            NonBodyParameter.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.NonBodyParameter)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.NonBodyParameter: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.NonBodyParameter();
                if (object.queryParameter != null) {
                    if (!$util.isObject(object.queryParameter))
                        throw $TypeError(".openapi.v2.NonBodyParameter.queryParameter: object expected");
                    message.queryParameter = $root.openapi.v2.QueryParameter.fromObject(object.queryParameter, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a NonBodyParameter message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.NonBodyParameter
             * @static
             * @param {openapi.v2.NonBodyParameter} message NonBodyParameter
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NonBodyParameter.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.queryParameter = null;
                if (message.queryParameter != null && $Object.hasOwnProperty.call(message, "queryParameter"))
                    object.queryParameter = $root.openapi.v2.QueryParameter.toObject(message.queryParameter, options, _depth + 1);
                return object;
            };

            /**
             * Converts this NonBodyParameter to JSON.
             * @function toJSON
             * @memberof openapi.v2.NonBodyParameter
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NonBodyParameter.prototype.toJSON = function() {
                return NonBodyParameter.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for NonBodyParameter
             * @function getTypeUrl
             * @memberof openapi.v2.NonBodyParameter
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NonBodyParameter.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.NonBodyParameter";
            };

            return NonBodyParameter;
        })();

        v2.QueryParameter = (function() {

            /**
             * Properties of a QueryParameter.
             * @typedef {Object} openapi.v2.QueryParameter.$Properties
             * @property {string|null} ["in"] QueryParameter in
             * @property {string|null} [description] QueryParameter description
             * @property {string|null} [name] QueryParameter name
             * @property {string|null} [type] QueryParameter type
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a QueryParameter.
             * @memberof openapi.v2
             * @interface IQueryParameter
             * @augments openapi.v2.QueryParameter.$Properties
             * @deprecated Use openapi.v2.QueryParameter.$Properties instead.
             */

            /**
             * Shape of a QueryParameter.
             * @typedef {openapi.v2.QueryParameter.$Properties} openapi.v2.QueryParameter.$Shape
             */

            /**
             * Constructs a new QueryParameter.
             * @memberof openapi.v2
             * @classdesc Represents a QueryParameter.
             * @constructor
             * @param {openapi.v2.QueryParameter.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const QueryParameter = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * QueryParameter in.
             * @member {string} in
             * @memberof openapi.v2.QueryParameter
             * @instance
             */
            QueryParameter.prototype["in"] = "";

            /**
             * QueryParameter description.
             * @member {string} description
             * @memberof openapi.v2.QueryParameter
             * @instance
             */
            QueryParameter.prototype.description = "";

            /**
             * QueryParameter name.
             * @member {string} name
             * @memberof openapi.v2.QueryParameter
             * @instance
             */
            QueryParameter.prototype.name = "";

            /**
             * QueryParameter type.
             * @member {string} type
             * @memberof openapi.v2.QueryParameter
             * @instance
             */
            QueryParameter.prototype.type = "";

            /**
             * Creates a new QueryParameter instance using the specified properties.
             * @function create
             * @memberof openapi.v2.QueryParameter
             * @static
             * @param {openapi.v2.QueryParameter.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.QueryParameter} QueryParameter instance
             * @type {{
             *   (properties: openapi.v2.QueryParameter.$Shape): openapi.v2.QueryParameter & openapi.v2.QueryParameter.$Shape;
             *   (properties?: openapi.v2.QueryParameter.$Properties): openapi.v2.QueryParameter;
             * }}
             */
            QueryParameter.create = function(properties) {
                return new QueryParameter(properties);
            };

            /**
             * Encodes the specified QueryParameter message. Does not implicitly {@link openapi.v2.QueryParameter.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.QueryParameter
             * @static
             * @param {openapi.v2.QueryParameter.$Properties} message QueryParameter message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            QueryParameter.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message["in"] != null && $Object.hasOwnProperty.call(message, "in") && message["in"] !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message["in"]);
                if (message.description != null && $Object.hasOwnProperty.call(message, "description") && message.description !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.description);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.name);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type") && message.type !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.type);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a QueryParameter message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.QueryParameter
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.QueryParameter & openapi.v2.QueryParameter.$Shape} QueryParameter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            QueryParameter.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.QueryParameter();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message["in"] = value;
                            else
                                delete message["in"];
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.description = value;
                            else
                                delete message.description;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.type = value;
                            else
                                delete message.type;
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
             * Creates a QueryParameter message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.QueryParameter
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.QueryParameter} QueryParameter
             */
            QueryParameter.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.QueryParameter)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.QueryParameter: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.QueryParameter();
                if (object["in"] != null)
                    if (typeof object["in"] !== "string" || object["in"].length)
                        message["in"] = $String(object["in"]);
                if (object.description != null)
                    if (typeof object.description !== "string" || object.description.length)
                        message.description = $String(object.description);
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.type != null)
                    if (typeof object.type !== "string" || object.type.length)
                        message.type = $String(object.type);
                return message;
            };

            /**
             * Creates a plain object from a QueryParameter message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.QueryParameter
             * @static
             * @param {openapi.v2.QueryParameter} message QueryParameter
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            QueryParameter.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object["in"] = "";
                    object.description = "";
                    object.name = "";
                    object.type = "";
                }
                if (message["in"] != null && $Object.hasOwnProperty.call(message, "in"))
                    object["in"] = message["in"];
                if (message.description != null && $Object.hasOwnProperty.call(message, "description"))
                    object.description = message.description;
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    object.type = message.type;
                return object;
            };

            /**
             * Converts this QueryParameter to JSON.
             * @function toJSON
             * @memberof openapi.v2.QueryParameter
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            QueryParameter.prototype.toJSON = function() {
                return QueryParameter.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for QueryParameter
             * @function getTypeUrl
             * @memberof openapi.v2.QueryParameter
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            QueryParameter.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.QueryParameter";
            };

            return QueryParameter;
        })();

        v2.Responses = (function() {

            /**
             * Properties of a Responses.
             * @typedef {Object} openapi.v2.Responses.$Properties
             * @property {Array.<openapi.v2.NamedResponse.$Properties>|null} [responseCode] Responses responseCode
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Responses.
             * @memberof openapi.v2
             * @interface IResponses
             * @augments openapi.v2.Responses.$Properties
             * @deprecated Use openapi.v2.Responses.$Properties instead.
             */

            /**
             * Shape of a Responses.
             * @typedef {openapi.v2.Responses.$Properties} openapi.v2.Responses.$Shape
             */

            /**
             * Constructs a new Responses.
             * @memberof openapi.v2
             * @classdesc Represents a Responses.
             * @constructor
             * @param {openapi.v2.Responses.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Responses = function (properties) {
                this.responseCode = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Responses responseCode.
             * @member {Array.<openapi.v2.NamedResponse.$Properties>} responseCode
             * @memberof openapi.v2.Responses
             * @instance
             */
            Responses.prototype.responseCode = $util.emptyArray;

            /**
             * Creates a new Responses instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Responses
             * @static
             * @param {openapi.v2.Responses.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Responses} Responses instance
             * @type {{
             *   (properties: openapi.v2.Responses.$Shape): openapi.v2.Responses & openapi.v2.Responses.$Shape;
             *   (properties?: openapi.v2.Responses.$Properties): openapi.v2.Responses;
             * }}
             */
            Responses.create = function(properties) {
                return new Responses(properties);
            };

            /**
             * Encodes the specified Responses message. Does not implicitly {@link openapi.v2.Responses.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Responses
             * @static
             * @param {openapi.v2.Responses.$Properties} message Responses message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Responses.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.responseCode != null && message.responseCode.length)
                    for (let i = 0; i < message.responseCode.length; ++i)
                        $root.openapi.v2.NamedResponse.encode(message.responseCode[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Responses message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Responses
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Responses & openapi.v2.Responses.$Shape} Responses
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Responses.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Responses();
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
                            if (!(message.responseCode && message.responseCode.length))
                                message.responseCode = [];
                            message.responseCode.push($root.openapi.v2.NamedResponse.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Creates a Responses message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Responses
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Responses} Responses
             */
            Responses.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Responses)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Responses: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Responses();
                if (object.responseCode) {
                    if (!$Array.isArray(object.responseCode))
                        throw $TypeError(".openapi.v2.Responses.responseCode: array expected");
                    message.responseCode = $Array(object.responseCode.length);
                    for (let i = 0; i < object.responseCode.length; ++i) {
                        if (!$util.isObject(object.responseCode[i]))
                            throw $TypeError(".openapi.v2.Responses.responseCode: object expected");
                        message.responseCode[i] = $root.openapi.v2.NamedResponse.fromObject(object.responseCode[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a Responses message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Responses
             * @static
             * @param {openapi.v2.Responses} message Responses
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Responses.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.responseCode = [];
                if (message.responseCode && message.responseCode.length) {
                    object.responseCode = $Array(message.responseCode.length);
                    for (let j = 0; j < message.responseCode.length; ++j)
                        object.responseCode[j] = $root.openapi.v2.NamedResponse.toObject(message.responseCode[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Responses to JSON.
             * @function toJSON
             * @memberof openapi.v2.Responses
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Responses.prototype.toJSON = function() {
                return Responses.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Responses
             * @function getTypeUrl
             * @memberof openapi.v2.Responses
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Responses.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Responses";
            };

            return Responses;
        })();

        v2.NamedResponse = (function() {

            /**
             * Properties of a NamedResponse.
             * @typedef {Object} openapi.v2.NamedResponse.$Properties
             * @property {string|null} [name] NamedResponse name
             * @property {openapi.v2.ResponseValue.$Properties|null} [value] NamedResponse value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamedResponse.
             * @memberof openapi.v2
             * @interface INamedResponse
             * @augments openapi.v2.NamedResponse.$Properties
             * @deprecated Use openapi.v2.NamedResponse.$Properties instead.
             */

            /**
             * Shape of a NamedResponse.
             * @typedef {openapi.v2.NamedResponse.$Properties} openapi.v2.NamedResponse.$Shape
             */

            /**
             * Constructs a new NamedResponse.
             * @memberof openapi.v2
             * @classdesc Represents a NamedResponse.
             * @constructor
             * @param {openapi.v2.NamedResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamedResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamedResponse name.
             * @member {string} name
             * @memberof openapi.v2.NamedResponse
             * @instance
             */
            NamedResponse.prototype.name = "";

            /**
             * NamedResponse value.
             * @member {openapi.v2.ResponseValue.$Properties|null|undefined} value
             * @memberof openapi.v2.NamedResponse
             * @instance
             */
            NamedResponse.prototype.value = null;

            /**
             * Creates a new NamedResponse instance using the specified properties.
             * @function create
             * @memberof openapi.v2.NamedResponse
             * @static
             * @param {openapi.v2.NamedResponse.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.NamedResponse} NamedResponse instance
             * @type {{
             *   (properties: openapi.v2.NamedResponse.$Shape): openapi.v2.NamedResponse & openapi.v2.NamedResponse.$Shape;
             *   (properties?: openapi.v2.NamedResponse.$Properties): openapi.v2.NamedResponse;
             * }}
             */
            NamedResponse.create = function(properties) {
                return new NamedResponse(properties);
            };

            /**
             * Encodes the specified NamedResponse message. Does not implicitly {@link openapi.v2.NamedResponse.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.NamedResponse
             * @static
             * @param {openapi.v2.NamedResponse.$Properties} message NamedResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamedResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    $root.openapi.v2.ResponseValue.encode(message.value, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NamedResponse message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.NamedResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.NamedResponse & openapi.v2.NamedResponse.$Shape} NamedResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamedResponse.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.NamedResponse();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.value = $root.openapi.v2.ResponseValue.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
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
             * Creates a NamedResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.NamedResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.NamedResponse} NamedResponse
             */
            NamedResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.NamedResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.NamedResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.NamedResponse();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.value != null) {
                    if (!$util.isObject(object.value))
                        throw $TypeError(".openapi.v2.NamedResponse.value: object expected");
                    message.value = $root.openapi.v2.ResponseValue.fromObject(object.value, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a NamedResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.NamedResponse
             * @static
             * @param {openapi.v2.NamedResponse} message NamedResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NamedResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.name = "";
                    object.value = null;
                }
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    object.value = $root.openapi.v2.ResponseValue.toObject(message.value, options, _depth + 1);
                return object;
            };

            /**
             * Converts this NamedResponse to JSON.
             * @function toJSON
             * @memberof openapi.v2.NamedResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NamedResponse.prototype.toJSON = function() {
                return NamedResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for NamedResponse
             * @function getTypeUrl
             * @memberof openapi.v2.NamedResponse
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NamedResponse.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.NamedResponse";
            };

            return NamedResponse;
        })();

        v2.ResponseValue = (function() {

            /**
             * Properties of a ResponseValue.
             * @typedef {Object} openapi.v2.ResponseValue.$Properties
             * @property {openapi.v2.Response.$Properties|null} [response] ResponseValue response
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ResponseValue.
             * @memberof openapi.v2
             * @interface IResponseValue
             * @augments openapi.v2.ResponseValue.$Properties
             * @deprecated Use openapi.v2.ResponseValue.$Properties instead.
             */

            /**
             * Shape of a ResponseValue.
             * @typedef {openapi.v2.ResponseValue.$Properties} openapi.v2.ResponseValue.$Shape
             */

            /**
             * Constructs a new ResponseValue.
             * @memberof openapi.v2
             * @classdesc Represents a ResponseValue.
             * @constructor
             * @param {openapi.v2.ResponseValue.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ResponseValue = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ResponseValue response.
             * @member {openapi.v2.Response.$Properties|null|undefined} response
             * @memberof openapi.v2.ResponseValue
             * @instance
             */
            ResponseValue.prototype.response = null;

            /**
             * Creates a new ResponseValue instance using the specified properties.
             * @function create
             * @memberof openapi.v2.ResponseValue
             * @static
             * @param {openapi.v2.ResponseValue.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.ResponseValue} ResponseValue instance
             * @type {{
             *   (properties: openapi.v2.ResponseValue.$Shape): openapi.v2.ResponseValue & openapi.v2.ResponseValue.$Shape;
             *   (properties?: openapi.v2.ResponseValue.$Properties): openapi.v2.ResponseValue;
             * }}
             */
            ResponseValue.create = function(properties) {
                return new ResponseValue(properties);
            };

            /**
             * Encodes the specified ResponseValue message. Does not implicitly {@link openapi.v2.ResponseValue.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.ResponseValue
             * @static
             * @param {openapi.v2.ResponseValue.$Properties} message ResponseValue message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ResponseValue.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.response != null && $Object.hasOwnProperty.call(message, "response"))
                    $root.openapi.v2.Response.encode(message.response, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ResponseValue message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.ResponseValue
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.ResponseValue & openapi.v2.ResponseValue.$Shape} ResponseValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ResponseValue.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.ResponseValue();
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
                            message.response = $root.openapi.v2.Response.decode(reader, reader.size(), $undefined, _depth + 1, message.response);
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
             * Creates a ResponseValue message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.ResponseValue
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.ResponseValue} ResponseValue
             */
            ResponseValue.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.ResponseValue)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.ResponseValue: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.ResponseValue();
                if (object.response != null) {
                    if (!$util.isObject(object.response))
                        throw $TypeError(".openapi.v2.ResponseValue.response: object expected");
                    message.response = $root.openapi.v2.Response.fromObject(object.response, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a ResponseValue message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.ResponseValue
             * @static
             * @param {openapi.v2.ResponseValue} message ResponseValue
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ResponseValue.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.response = null;
                if (message.response != null && $Object.hasOwnProperty.call(message, "response"))
                    object.response = $root.openapi.v2.Response.toObject(message.response, options, _depth + 1);
                return object;
            };

            /**
             * Converts this ResponseValue to JSON.
             * @function toJSON
             * @memberof openapi.v2.ResponseValue
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ResponseValue.prototype.toJSON = function() {
                return ResponseValue.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for ResponseValue
             * @function getTypeUrl
             * @memberof openapi.v2.ResponseValue
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ResponseValue.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.ResponseValue";
            };

            return ResponseValue;
        })();

        v2.Response = (function() {

            /**
             * Properties of a Response.
             * @typedef {Object} openapi.v2.Response.$Properties
             * @property {string|null} [description] Response description
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Response.
             * @memberof openapi.v2
             * @interface IResponse
             * @augments openapi.v2.Response.$Properties
             * @deprecated Use openapi.v2.Response.$Properties instead.
             */

            /**
             * Shape of a Response.
             * @typedef {openapi.v2.Response.$Properties} openapi.v2.Response.$Shape
             */

            /**
             * Constructs a new Response.
             * @memberof openapi.v2
             * @classdesc Represents a Response.
             * @constructor
             * @param {openapi.v2.Response.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Response = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Response description.
             * @member {string} description
             * @memberof openapi.v2.Response
             * @instance
             */
            Response.prototype.description = "";

            /**
             * Creates a new Response instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Response
             * @static
             * @param {openapi.v2.Response.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Response} Response instance
             * @type {{
             *   (properties: openapi.v2.Response.$Shape): openapi.v2.Response & openapi.v2.Response.$Shape;
             *   (properties?: openapi.v2.Response.$Properties): openapi.v2.Response;
             * }}
             */
            Response.create = function(properties) {
                return new Response(properties);
            };

            /**
             * Encodes the specified Response message. Does not implicitly {@link openapi.v2.Response.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Response
             * @static
             * @param {openapi.v2.Response.$Properties} message Response message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Response.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.description != null && $Object.hasOwnProperty.call(message, "description") && message.description !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.description);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Response message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Response
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Response & openapi.v2.Response.$Shape} Response
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Response.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Response();
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
                                message.description = value;
                            else
                                delete message.description;
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
             * Creates a Response message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Response
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Response} Response
             */
            Response.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Response)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Response: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Response();
                if (object.description != null)
                    if (typeof object.description !== "string" || object.description.length)
                        message.description = $String(object.description);
                return message;
            };

            /**
             * Creates a plain object from a Response message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Response
             * @static
             * @param {openapi.v2.Response} message Response
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Response.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.description = "";
                if (message.description != null && $Object.hasOwnProperty.call(message, "description"))
                    object.description = message.description;
                return object;
            };

            /**
             * Converts this Response to JSON.
             * @function toJSON
             * @memberof openapi.v2.Response
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Response.prototype.toJSON = function() {
                return Response.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Response
             * @function getTypeUrl
             * @memberof openapi.v2.Response
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Response.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Response";
            };

            return Response;
        })();

        v2.Definitions = (function() {

            /**
             * Properties of a Definitions.
             * @typedef {Object} openapi.v2.Definitions.$Properties
             * @property {Array.<openapi.v2.NamedSchema.$Properties>|null} [additionalProperties] Definitions additionalProperties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Definitions.
             * @memberof openapi.v2
             * @interface IDefinitions
             * @augments openapi.v2.Definitions.$Properties
             * @deprecated Use openapi.v2.Definitions.$Properties instead.
             */

            /**
             * Shape of a Definitions.
             * @typedef {openapi.v2.Definitions.$Properties} openapi.v2.Definitions.$Shape
             */

            /**
             * Constructs a new Definitions.
             * @memberof openapi.v2
             * @classdesc Represents a Definitions.
             * @constructor
             * @param {openapi.v2.Definitions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Definitions = function (properties) {
                this.additionalProperties = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Definitions additionalProperties.
             * @member {Array.<openapi.v2.NamedSchema.$Properties>} additionalProperties
             * @memberof openapi.v2.Definitions
             * @instance
             */
            Definitions.prototype.additionalProperties = $util.emptyArray;

            /**
             * Creates a new Definitions instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Definitions
             * @static
             * @param {openapi.v2.Definitions.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Definitions} Definitions instance
             * @type {{
             *   (properties: openapi.v2.Definitions.$Shape): openapi.v2.Definitions & openapi.v2.Definitions.$Shape;
             *   (properties?: openapi.v2.Definitions.$Properties): openapi.v2.Definitions;
             * }}
             */
            Definitions.create = function(properties) {
                return new Definitions(properties);
            };

            /**
             * Encodes the specified Definitions message. Does not implicitly {@link openapi.v2.Definitions.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Definitions
             * @static
             * @param {openapi.v2.Definitions.$Properties} message Definitions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Definitions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.additionalProperties != null && message.additionalProperties.length)
                    for (let i = 0; i < message.additionalProperties.length; ++i)
                        $root.openapi.v2.NamedSchema.encode(message.additionalProperties[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Definitions message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Definitions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Definitions & openapi.v2.Definitions.$Shape} Definitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Definitions.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Definitions();
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
                            if (!(message.additionalProperties && message.additionalProperties.length))
                                message.additionalProperties = [];
                            message.additionalProperties.push($root.openapi.v2.NamedSchema.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Creates a Definitions message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Definitions
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Definitions} Definitions
             */
            Definitions.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Definitions)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Definitions: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Definitions();
                if (object.additionalProperties) {
                    if (!$Array.isArray(object.additionalProperties))
                        throw $TypeError(".openapi.v2.Definitions.additionalProperties: array expected");
                    message.additionalProperties = $Array(object.additionalProperties.length);
                    for (let i = 0; i < object.additionalProperties.length; ++i) {
                        if (!$util.isObject(object.additionalProperties[i]))
                            throw $TypeError(".openapi.v2.Definitions.additionalProperties: object expected");
                        message.additionalProperties[i] = $root.openapi.v2.NamedSchema.fromObject(object.additionalProperties[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a Definitions message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Definitions
             * @static
             * @param {openapi.v2.Definitions} message Definitions
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Definitions.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.additionalProperties = [];
                if (message.additionalProperties && message.additionalProperties.length) {
                    object.additionalProperties = $Array(message.additionalProperties.length);
                    for (let j = 0; j < message.additionalProperties.length; ++j)
                        object.additionalProperties[j] = $root.openapi.v2.NamedSchema.toObject(message.additionalProperties[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Definitions to JSON.
             * @function toJSON
             * @memberof openapi.v2.Definitions
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Definitions.prototype.toJSON = function() {
                return Definitions.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Definitions
             * @function getTypeUrl
             * @memberof openapi.v2.Definitions
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Definitions.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Definitions";
            };

            return Definitions;
        })();

        v2.NamedSchema = (function() {

            /**
             * Properties of a NamedSchema.
             * @typedef {Object} openapi.v2.NamedSchema.$Properties
             * @property {string|null} [name] NamedSchema name
             * @property {openapi.v2.Schema.$Properties|null} [value] NamedSchema value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamedSchema.
             * @memberof openapi.v2
             * @interface INamedSchema
             * @augments openapi.v2.NamedSchema.$Properties
             * @deprecated Use openapi.v2.NamedSchema.$Properties instead.
             */

            /**
             * Shape of a NamedSchema.
             * @typedef {openapi.v2.NamedSchema.$Properties} openapi.v2.NamedSchema.$Shape
             */

            /**
             * Constructs a new NamedSchema.
             * @memberof openapi.v2
             * @classdesc Represents a NamedSchema.
             * @constructor
             * @param {openapi.v2.NamedSchema.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamedSchema = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamedSchema name.
             * @member {string} name
             * @memberof openapi.v2.NamedSchema
             * @instance
             */
            NamedSchema.prototype.name = "";

            /**
             * NamedSchema value.
             * @member {openapi.v2.Schema.$Properties|null|undefined} value
             * @memberof openapi.v2.NamedSchema
             * @instance
             */
            NamedSchema.prototype.value = null;

            /**
             * Creates a new NamedSchema instance using the specified properties.
             * @function create
             * @memberof openapi.v2.NamedSchema
             * @static
             * @param {openapi.v2.NamedSchema.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.NamedSchema} NamedSchema instance
             * @type {{
             *   (properties: openapi.v2.NamedSchema.$Shape): openapi.v2.NamedSchema & openapi.v2.NamedSchema.$Shape;
             *   (properties?: openapi.v2.NamedSchema.$Properties): openapi.v2.NamedSchema;
             * }}
             */
            NamedSchema.create = function(properties) {
                return new NamedSchema(properties);
            };

            /**
             * Encodes the specified NamedSchema message. Does not implicitly {@link openapi.v2.NamedSchema.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.NamedSchema
             * @static
             * @param {openapi.v2.NamedSchema.$Properties} message NamedSchema message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamedSchema.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    $root.openapi.v2.Schema.encode(message.value, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NamedSchema message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.NamedSchema
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.NamedSchema & openapi.v2.NamedSchema.$Shape} NamedSchema
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamedSchema.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.NamedSchema();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.value = $root.openapi.v2.Schema.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
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
             * Creates a NamedSchema message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.NamedSchema
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.NamedSchema} NamedSchema
             */
            NamedSchema.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.NamedSchema)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.NamedSchema: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.NamedSchema();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.value != null) {
                    if (!$util.isObject(object.value))
                        throw $TypeError(".openapi.v2.NamedSchema.value: object expected");
                    message.value = $root.openapi.v2.Schema.fromObject(object.value, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a NamedSchema message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.NamedSchema
             * @static
             * @param {openapi.v2.NamedSchema} message NamedSchema
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NamedSchema.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.name = "";
                    object.value = null;
                }
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    object.value = $root.openapi.v2.Schema.toObject(message.value, options, _depth + 1);
                return object;
            };

            /**
             * Converts this NamedSchema to JSON.
             * @function toJSON
             * @memberof openapi.v2.NamedSchema
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NamedSchema.prototype.toJSON = function() {
                return NamedSchema.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for NamedSchema
             * @function getTypeUrl
             * @memberof openapi.v2.NamedSchema
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NamedSchema.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.NamedSchema";
            };

            return NamedSchema;
        })();

        v2.Schema = (function() {

            /**
             * Properties of a Schema.
             * @typedef {Object} openapi.v2.Schema.$Properties
             * @property {string|null} [ref] Schema ref
             * @property {string|null} [format] Schema format
             * @property {string|null} [description] Schema description
             * @property {Array.<string>|null} [required] Schema required
             * @property {openapi.v2.AdditionalProperties.$Properties|null} [additionalProperties] Schema additionalProperties
             * @property {openapi.v2.Type.$Properties|null} [type] Schema type
             * @property {openapi.v2.Items.$Properties|null} [items] Schema items
             * @property {openapi.v2.Properties.$Properties|null} [properties] Schema properties
             * @property {Array.<openapi.v2.NamedAny.$Properties>|null} [vendorExtension] Schema vendorExtension
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Schema.
             * @memberof openapi.v2
             * @interface ISchema
             * @augments openapi.v2.Schema.$Properties
             * @deprecated Use openapi.v2.Schema.$Properties instead.
             */

            /**
             * Shape of a Schema.
             * @typedef {openapi.v2.Schema.$Properties} openapi.v2.Schema.$Shape
             */

            /**
             * Constructs a new Schema.
             * @memberof openapi.v2
             * @classdesc Represents a Schema.
             * @constructor
             * @param {openapi.v2.Schema.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Schema = function (properties) {
                this.required = [];
                this.vendorExtension = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Schema ref.
             * @member {string} ref
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.ref = "";

            /**
             * Schema format.
             * @member {string} format
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.format = "";

            /**
             * Schema description.
             * @member {string} description
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.description = "";

            /**
             * Schema required.
             * @member {Array.<string>} required
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.required = $util.emptyArray;

            /**
             * Schema additionalProperties.
             * @member {openapi.v2.AdditionalProperties.$Properties|null|undefined} additionalProperties
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.additionalProperties = null;

            /**
             * Schema type.
             * @member {openapi.v2.Type.$Properties|null|undefined} type
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.type = null;

            /**
             * Schema items.
             * @member {openapi.v2.Items.$Properties|null|undefined} items
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.items = null;

            /**
             * Schema properties.
             * @member {openapi.v2.Properties.$Properties|null|undefined} properties
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.properties = null;

            /**
             * Schema vendorExtension.
             * @member {Array.<openapi.v2.NamedAny.$Properties>} vendorExtension
             * @memberof openapi.v2.Schema
             * @instance
             */
            Schema.prototype.vendorExtension = $util.emptyArray;

            /**
             * Creates a new Schema instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Schema
             * @static
             * @param {openapi.v2.Schema.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Schema} Schema instance
             * @type {{
             *   (properties: openapi.v2.Schema.$Shape): openapi.v2.Schema & openapi.v2.Schema.$Shape;
             *   (properties?: openapi.v2.Schema.$Properties): openapi.v2.Schema;
             * }}
             */
            Schema.create = function(properties) {
                return new Schema(properties);
            };

            /**
             * Encodes the specified Schema message. Does not implicitly {@link openapi.v2.Schema.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Schema
             * @static
             * @param {openapi.v2.Schema.$Properties} message Schema message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Schema.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ref != null && $Object.hasOwnProperty.call(message, "ref") && message.ref !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.ref);
                if (message.format != null && $Object.hasOwnProperty.call(message, "format") && message.format !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.format);
                if (message.description != null && $Object.hasOwnProperty.call(message, "description") && message.description !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.description);
                if (message.required != null && message.required.length)
                    for (let i = 0; i < message.required.length; ++i)
                        writer.uint32(/* id 19, wireType 2 =*/154).string(message.required[i]);
                if (message.additionalProperties != null && $Object.hasOwnProperty.call(message, "additionalProperties"))
                    $root.openapi.v2.AdditionalProperties.encode(message.additionalProperties, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    $root.openapi.v2.Type.encode(message.type, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.items != null && $Object.hasOwnProperty.call(message, "items"))
                    $root.openapi.v2.Items.encode(message.items, writer.uint32(/* id 23, wireType 2 =*/186).fork(), _depth + 1).ldelim();
                if (message.properties != null && $Object.hasOwnProperty.call(message, "properties"))
                    $root.openapi.v2.Properties.encode(message.properties, writer.uint32(/* id 25, wireType 2 =*/202).fork(), _depth + 1).ldelim();
                if (message.vendorExtension != null && message.vendorExtension.length)
                    for (let i = 0; i < message.vendorExtension.length; ++i)
                        $root.openapi.v2.NamedAny.encode(message.vendorExtension[i], writer.uint32(/* id 31, wireType 2 =*/250).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Schema message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Schema
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Schema & openapi.v2.Schema.$Shape} Schema
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Schema.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Schema();
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
                                message.ref = value;
                            else
                                delete message.ref;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.format = value;
                            else
                                delete message.format;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.description = value;
                            else
                                delete message.description;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            if (!(message.required && message.required.length))
                                message.required = [];
                            message.required.push(reader.stringVerify());
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.additionalProperties = $root.openapi.v2.AdditionalProperties.decode(reader, reader.size(), $undefined, _depth + 1, message.additionalProperties);
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.type = $root.openapi.v2.Type.decode(reader, reader.size(), $undefined, _depth + 1, message.type);
                            continue;
                        }
                    case 23: {
                            if (wireType !== 2)
                                break;
                            message.items = $root.openapi.v2.Items.decode(reader, reader.size(), $undefined, _depth + 1, message.items);
                            continue;
                        }
                    case 25: {
                            if (wireType !== 2)
                                break;
                            message.properties = $root.openapi.v2.Properties.decode(reader, reader.size(), $undefined, _depth + 1, message.properties);
                            continue;
                        }
                    case 31: {
                            if (wireType !== 2)
                                break;
                            if (!(message.vendorExtension && message.vendorExtension.length))
                                message.vendorExtension = [];
                            message.vendorExtension.push($root.openapi.v2.NamedAny.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Creates a Schema message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Schema
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Schema} Schema
             */
            Schema.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Schema)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Schema: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Schema();
                if (object.ref != null)
                    if (typeof object.ref !== "string" || object.ref.length)
                        message.ref = $String(object.ref);
                if (object.format != null)
                    if (typeof object.format !== "string" || object.format.length)
                        message.format = $String(object.format);
                if (object.description != null)
                    if (typeof object.description !== "string" || object.description.length)
                        message.description = $String(object.description);
                if (object.required) {
                    if (!$Array.isArray(object.required))
                        throw $TypeError(".openapi.v2.Schema.required: array expected");
                    message.required = $Array(object.required.length);
                    for (let i = 0; i < object.required.length; ++i)
                        message.required[i] = $String(object.required[i]);
                }
                if (object.additionalProperties != null) {
                    if (!$util.isObject(object.additionalProperties))
                        throw $TypeError(".openapi.v2.Schema.additionalProperties: object expected");
                    message.additionalProperties = $root.openapi.v2.AdditionalProperties.fromObject(object.additionalProperties, _depth + 1);
                }
                if (object.type != null) {
                    if (!$util.isObject(object.type))
                        throw $TypeError(".openapi.v2.Schema.type: object expected");
                    message.type = $root.openapi.v2.Type.fromObject(object.type, _depth + 1);
                }
                if (object.items != null) {
                    if (!$util.isObject(object.items))
                        throw $TypeError(".openapi.v2.Schema.items: object expected");
                    message.items = $root.openapi.v2.Items.fromObject(object.items, _depth + 1);
                }
                if (object.properties != null) {
                    if (!$util.isObject(object.properties))
                        throw $TypeError(".openapi.v2.Schema.properties: object expected");
                    message.properties = $root.openapi.v2.Properties.fromObject(object.properties, _depth + 1);
                }
                if (object.vendorExtension) {
                    if (!$Array.isArray(object.vendorExtension))
                        throw $TypeError(".openapi.v2.Schema.vendorExtension: array expected");
                    message.vendorExtension = $Array(object.vendorExtension.length);
                    for (let i = 0; i < object.vendorExtension.length; ++i) {
                        if (!$util.isObject(object.vendorExtension[i]))
                            throw $TypeError(".openapi.v2.Schema.vendorExtension: object expected");
                        message.vendorExtension[i] = $root.openapi.v2.NamedAny.fromObject(object.vendorExtension[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a Schema message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Schema
             * @static
             * @param {openapi.v2.Schema} message Schema
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Schema.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.required = [];
                    object.vendorExtension = [];
                }
                if (options.defaults) {
                    object.ref = "";
                    object.format = "";
                    object.description = "";
                    object.additionalProperties = null;
                    object.type = null;
                    object.items = null;
                    object.properties = null;
                }
                if (message.ref != null && $Object.hasOwnProperty.call(message, "ref"))
                    object.ref = message.ref;
                if (message.format != null && $Object.hasOwnProperty.call(message, "format"))
                    object.format = message.format;
                if (message.description != null && $Object.hasOwnProperty.call(message, "description"))
                    object.description = message.description;
                if (message.required && message.required.length) {
                    object.required = $Array(message.required.length);
                    for (let j = 0; j < message.required.length; ++j)
                        object.required[j] = message.required[j];
                }
                if (message.additionalProperties != null && $Object.hasOwnProperty.call(message, "additionalProperties"))
                    object.additionalProperties = $root.openapi.v2.AdditionalProperties.toObject(message.additionalProperties, options, _depth + 1);
                if (message.type != null && $Object.hasOwnProperty.call(message, "type"))
                    object.type = $root.openapi.v2.Type.toObject(message.type, options, _depth + 1);
                if (message.items != null && $Object.hasOwnProperty.call(message, "items"))
                    object.items = $root.openapi.v2.Items.toObject(message.items, options, _depth + 1);
                if (message.properties != null && $Object.hasOwnProperty.call(message, "properties"))
                    object.properties = $root.openapi.v2.Properties.toObject(message.properties, options, _depth + 1);
                if (message.vendorExtension && message.vendorExtension.length) {
                    object.vendorExtension = $Array(message.vendorExtension.length);
                    for (let j = 0; j < message.vendorExtension.length; ++j)
                        object.vendorExtension[j] = $root.openapi.v2.NamedAny.toObject(message.vendorExtension[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Schema to JSON.
             * @function toJSON
             * @memberof openapi.v2.Schema
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Schema.prototype.toJSON = function() {
                return Schema.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Schema
             * @function getTypeUrl
             * @memberof openapi.v2.Schema
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Schema.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Schema";
            };

            return Schema;
        })();

        v2.AdditionalProperties = (function() {

            /**
             * Properties of an AdditionalProperties.
             * @typedef {Object} openapi.v2.AdditionalProperties.$Properties
             * @property {openapi.v2.Schema.$Properties|null} [schema] AdditionalProperties schema
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AdditionalProperties.
             * @memberof openapi.v2
             * @interface IAdditionalProperties
             * @augments openapi.v2.AdditionalProperties.$Properties
             * @deprecated Use openapi.v2.AdditionalProperties.$Properties instead.
             */

            /**
             * Shape of an AdditionalProperties.
             * @typedef {openapi.v2.AdditionalProperties.$Properties} openapi.v2.AdditionalProperties.$Shape
             */

            /**
             * Constructs a new AdditionalProperties.
             * @memberof openapi.v2
             * @classdesc Represents an AdditionalProperties.
             * @constructor
             * @param {openapi.v2.AdditionalProperties.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AdditionalProperties = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AdditionalProperties schema.
             * @member {openapi.v2.Schema.$Properties|null|undefined} schema
             * @memberof openapi.v2.AdditionalProperties
             * @instance
             */
            AdditionalProperties.prototype.schema = null;

            /**
             * Creates a new AdditionalProperties instance using the specified properties.
             * @function create
             * @memberof openapi.v2.AdditionalProperties
             * @static
             * @param {openapi.v2.AdditionalProperties.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.AdditionalProperties} AdditionalProperties instance
             * @type {{
             *   (properties: openapi.v2.AdditionalProperties.$Shape): openapi.v2.AdditionalProperties & openapi.v2.AdditionalProperties.$Shape;
             *   (properties?: openapi.v2.AdditionalProperties.$Properties): openapi.v2.AdditionalProperties;
             * }}
             */
            AdditionalProperties.create = function(properties) {
                return new AdditionalProperties(properties);
            };

            /**
             * Encodes the specified AdditionalProperties message. Does not implicitly {@link openapi.v2.AdditionalProperties.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.AdditionalProperties
             * @static
             * @param {openapi.v2.AdditionalProperties.$Properties} message AdditionalProperties message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AdditionalProperties.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.schema != null && $Object.hasOwnProperty.call(message, "schema"))
                    $root.openapi.v2.Schema.encode(message.schema, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AdditionalProperties message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.AdditionalProperties
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.AdditionalProperties & openapi.v2.AdditionalProperties.$Shape} AdditionalProperties
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AdditionalProperties.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.AdditionalProperties();
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
                            message.schema = $root.openapi.v2.Schema.decode(reader, reader.size(), $undefined, _depth + 1, message.schema);
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
             * Creates an AdditionalProperties message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.AdditionalProperties
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.AdditionalProperties} AdditionalProperties
             */
            AdditionalProperties.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.AdditionalProperties)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.AdditionalProperties: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.AdditionalProperties();
                if (object.schema != null) {
                    if (!$util.isObject(object.schema))
                        throw $TypeError(".openapi.v2.AdditionalProperties.schema: object expected");
                    message.schema = $root.openapi.v2.Schema.fromObject(object.schema, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from an AdditionalProperties message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.AdditionalProperties
             * @static
             * @param {openapi.v2.AdditionalProperties} message AdditionalProperties
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AdditionalProperties.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.schema = null;
                if (message.schema != null && $Object.hasOwnProperty.call(message, "schema"))
                    object.schema = $root.openapi.v2.Schema.toObject(message.schema, options, _depth + 1);
                return object;
            };

            /**
             * Converts this AdditionalProperties to JSON.
             * @function toJSON
             * @memberof openapi.v2.AdditionalProperties
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AdditionalProperties.prototype.toJSON = function() {
                return AdditionalProperties.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for AdditionalProperties
             * @function getTypeUrl
             * @memberof openapi.v2.AdditionalProperties
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            AdditionalProperties.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.AdditionalProperties";
            };

            return AdditionalProperties;
        })();

        v2.Type = (function() {

            /**
             * Properties of a Type.
             * @typedef {Object} openapi.v2.Type.$Properties
             * @property {Array.<string>|null} [value] Type value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Type.
             * @memberof openapi.v2
             * @interface IType
             * @augments openapi.v2.Type.$Properties
             * @deprecated Use openapi.v2.Type.$Properties instead.
             */

            /**
             * Shape of a Type.
             * @typedef {openapi.v2.Type.$Properties} openapi.v2.Type.$Shape
             */

            /**
             * Constructs a new Type.
             * @memberof openapi.v2
             * @classdesc Represents a Type.
             * @constructor
             * @param {openapi.v2.Type.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Type = function (properties) {
                this.value = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Type value.
             * @member {Array.<string>} value
             * @memberof openapi.v2.Type
             * @instance
             */
            Type.prototype.value = $util.emptyArray;

            /**
             * Creates a new Type instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Type
             * @static
             * @param {openapi.v2.Type.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Type} Type instance
             * @type {{
             *   (properties: openapi.v2.Type.$Shape): openapi.v2.Type & openapi.v2.Type.$Shape;
             *   (properties?: openapi.v2.Type.$Properties): openapi.v2.Type;
             * }}
             */
            Type.create = function(properties) {
                return new Type(properties);
            };

            /**
             * Encodes the specified Type message. Does not implicitly {@link openapi.v2.Type.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Type
             * @static
             * @param {openapi.v2.Type.$Properties} message Type message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Type.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.value != null && message.value.length)
                    for (let i = 0; i < message.value.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.value[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Type message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Type
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Type & openapi.v2.Type.$Shape} Type
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Type.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Type();
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
                            if (!(message.value && message.value.length))
                                message.value = [];
                            message.value.push(reader.stringVerify());
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
             * Creates a Type message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Type
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Type} Type
             */
            Type.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Type)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Type: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Type();
                if (object.value) {
                    if (!$Array.isArray(object.value))
                        throw $TypeError(".openapi.v2.Type.value: array expected");
                    message.value = $Array(object.value.length);
                    for (let i = 0; i < object.value.length; ++i)
                        message.value[i] = $String(object.value[i]);
                }
                return message;
            };

            /**
             * Creates a plain object from a Type message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Type
             * @static
             * @param {openapi.v2.Type} message Type
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Type.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.value = [];
                if (message.value && message.value.length) {
                    object.value = $Array(message.value.length);
                    for (let j = 0; j < message.value.length; ++j)
                        object.value[j] = message.value[j];
                }
                return object;
            };

            /**
             * Converts this Type to JSON.
             * @function toJSON
             * @memberof openapi.v2.Type
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Type.prototype.toJSON = function() {
                return Type.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Type
             * @function getTypeUrl
             * @memberof openapi.v2.Type
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Type.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Type";
            };

            return Type;
        })();

        v2.Items = (function() {

            /**
             * Properties of an Items.
             * @typedef {Object} openapi.v2.Items.$Properties
             * @property {Array.<openapi.v2.Schema.$Properties>|null} [schema] Items schema
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Items.
             * @memberof openapi.v2
             * @interface IItems
             * @augments openapi.v2.Items.$Properties
             * @deprecated Use openapi.v2.Items.$Properties instead.
             */

            /**
             * Shape of an Items.
             * @typedef {openapi.v2.Items.$Properties} openapi.v2.Items.$Shape
             */

            /**
             * Constructs a new Items.
             * @memberof openapi.v2
             * @classdesc Represents an Items.
             * @constructor
             * @param {openapi.v2.Items.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Items = function (properties) {
                this.schema = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Items schema.
             * @member {Array.<openapi.v2.Schema.$Properties>} schema
             * @memberof openapi.v2.Items
             * @instance
             */
            Items.prototype.schema = $util.emptyArray;

            /**
             * Creates a new Items instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Items
             * @static
             * @param {openapi.v2.Items.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Items} Items instance
             * @type {{
             *   (properties: openapi.v2.Items.$Shape): openapi.v2.Items & openapi.v2.Items.$Shape;
             *   (properties?: openapi.v2.Items.$Properties): openapi.v2.Items;
             * }}
             */
            Items.create = function(properties) {
                return new Items(properties);
            };

            /**
             * Encodes the specified Items message. Does not implicitly {@link openapi.v2.Items.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Items
             * @static
             * @param {openapi.v2.Items.$Properties} message Items message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Items.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.schema != null && message.schema.length)
                    for (let i = 0; i < message.schema.length; ++i)
                        $root.openapi.v2.Schema.encode(message.schema[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Items message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Items
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Items & openapi.v2.Items.$Shape} Items
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Items.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Items();
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
                            if (!(message.schema && message.schema.length))
                                message.schema = [];
                            message.schema.push($root.openapi.v2.Schema.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Creates an Items message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Items
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Items} Items
             */
            Items.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Items)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Items: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Items();
                if (object.schema) {
                    if (!$Array.isArray(object.schema))
                        throw $TypeError(".openapi.v2.Items.schema: array expected");
                    message.schema = $Array(object.schema.length);
                    for (let i = 0; i < object.schema.length; ++i) {
                        if (!$util.isObject(object.schema[i]))
                            throw $TypeError(".openapi.v2.Items.schema: object expected");
                        message.schema[i] = $root.openapi.v2.Schema.fromObject(object.schema[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from an Items message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Items
             * @static
             * @param {openapi.v2.Items} message Items
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Items.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.schema = [];
                if (message.schema && message.schema.length) {
                    object.schema = $Array(message.schema.length);
                    for (let j = 0; j < message.schema.length; ++j)
                        object.schema[j] = $root.openapi.v2.Schema.toObject(message.schema[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Items to JSON.
             * @function toJSON
             * @memberof openapi.v2.Items
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Items.prototype.toJSON = function() {
                return Items.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Items
             * @function getTypeUrl
             * @memberof openapi.v2.Items
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Items.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Items";
            };

            return Items;
        })();

        v2.Properties = (function() {

            /**
             * Properties of a Properties.
             * @typedef {Object} openapi.v2.Properties.$Properties
             * @property {Array.<openapi.v2.NamedSchema.$Properties>|null} [additionalProperties] Properties additionalProperties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Properties.
             * @memberof openapi.v2
             * @interface IProperties
             * @augments openapi.v2.Properties.$Properties
             * @deprecated Use openapi.v2.Properties.$Properties instead.
             */

            /**
             * Shape of a Properties.
             * @typedef {openapi.v2.Properties.$Properties} openapi.v2.Properties.$Shape
             */

            /**
             * Constructs a new Properties.
             * @memberof openapi.v2
             * @classdesc Represents a Properties.
             * @constructor
             * @param {openapi.v2.Properties.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Properties = function (properties) {
                this.additionalProperties = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Properties additionalProperties.
             * @member {Array.<openapi.v2.NamedSchema.$Properties>} additionalProperties
             * @memberof openapi.v2.Properties
             * @instance
             */
            Properties.prototype.additionalProperties = $util.emptyArray;

            /**
             * Creates a new Properties instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Properties
             * @static
             * @param {openapi.v2.Properties.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Properties} Properties instance
             * @type {{
             *   (properties: openapi.v2.Properties.$Shape): openapi.v2.Properties & openapi.v2.Properties.$Shape;
             *   (properties?: openapi.v2.Properties.$Properties): openapi.v2.Properties;
             * }}
             */
            Properties.create = function(properties) {
                return new Properties(properties);
            };

            /**
             * Encodes the specified Properties message. Does not implicitly {@link openapi.v2.Properties.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Properties
             * @static
             * @param {openapi.v2.Properties.$Properties} message Properties message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Properties.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.additionalProperties != null && message.additionalProperties.length)
                    for (let i = 0; i < message.additionalProperties.length; ++i)
                        $root.openapi.v2.NamedSchema.encode(message.additionalProperties[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Properties message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Properties
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Properties & openapi.v2.Properties.$Shape} Properties
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Properties.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Properties();
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
                            if (!(message.additionalProperties && message.additionalProperties.length))
                                message.additionalProperties = [];
                            message.additionalProperties.push($root.openapi.v2.NamedSchema.decode(reader, reader.size(), $undefined, _depth + 1));
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
             * Creates a Properties message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Properties
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Properties} Properties
             */
            Properties.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Properties)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Properties: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Properties();
                if (object.additionalProperties) {
                    if (!$Array.isArray(object.additionalProperties))
                        throw $TypeError(".openapi.v2.Properties.additionalProperties: array expected");
                    message.additionalProperties = $Array(object.additionalProperties.length);
                    for (let i = 0; i < object.additionalProperties.length; ++i) {
                        if (!$util.isObject(object.additionalProperties[i]))
                            throw $TypeError(".openapi.v2.Properties.additionalProperties: object expected");
                        message.additionalProperties[i] = $root.openapi.v2.NamedSchema.fromObject(object.additionalProperties[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a Properties message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Properties
             * @static
             * @param {openapi.v2.Properties} message Properties
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Properties.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.additionalProperties = [];
                if (message.additionalProperties && message.additionalProperties.length) {
                    object.additionalProperties = $Array(message.additionalProperties.length);
                    for (let j = 0; j < message.additionalProperties.length; ++j)
                        object.additionalProperties[j] = $root.openapi.v2.NamedSchema.toObject(message.additionalProperties[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this Properties to JSON.
             * @function toJSON
             * @memberof openapi.v2.Properties
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Properties.prototype.toJSON = function() {
                return Properties.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Properties
             * @function getTypeUrl
             * @memberof openapi.v2.Properties
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Properties.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Properties";
            };

            return Properties;
        })();

        v2.NamedAny = (function() {

            /**
             * Properties of a NamedAny.
             * @typedef {Object} openapi.v2.NamedAny.$Properties
             * @property {string|null} [name] NamedAny name
             * @property {openapi.v2.Any.$Properties|null} [value] NamedAny value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NamedAny.
             * @memberof openapi.v2
             * @interface INamedAny
             * @augments openapi.v2.NamedAny.$Properties
             * @deprecated Use openapi.v2.NamedAny.$Properties instead.
             */

            /**
             * Shape of a NamedAny.
             * @typedef {openapi.v2.NamedAny.$Properties} openapi.v2.NamedAny.$Shape
             */

            /**
             * Constructs a new NamedAny.
             * @memberof openapi.v2
             * @classdesc Represents a NamedAny.
             * @constructor
             * @param {openapi.v2.NamedAny.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NamedAny = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NamedAny name.
             * @member {string} name
             * @memberof openapi.v2.NamedAny
             * @instance
             */
            NamedAny.prototype.name = "";

            /**
             * NamedAny value.
             * @member {openapi.v2.Any.$Properties|null|undefined} value
             * @memberof openapi.v2.NamedAny
             * @instance
             */
            NamedAny.prototype.value = null;

            /**
             * Creates a new NamedAny instance using the specified properties.
             * @function create
             * @memberof openapi.v2.NamedAny
             * @static
             * @param {openapi.v2.NamedAny.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.NamedAny} NamedAny instance
             * @type {{
             *   (properties: openapi.v2.NamedAny.$Shape): openapi.v2.NamedAny & openapi.v2.NamedAny.$Shape;
             *   (properties?: openapi.v2.NamedAny.$Properties): openapi.v2.NamedAny;
             * }}
             */
            NamedAny.create = function(properties) {
                return new NamedAny(properties);
            };

            /**
             * Encodes the specified NamedAny message. Does not implicitly {@link openapi.v2.NamedAny.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.NamedAny
             * @static
             * @param {openapi.v2.NamedAny.$Properties} message NamedAny message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NamedAny.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    $root.openapi.v2.Any.encode(message.value, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NamedAny message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.NamedAny
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.NamedAny & openapi.v2.NamedAny.$Shape} NamedAny
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NamedAny.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.NamedAny();
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
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.value = $root.openapi.v2.Any.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
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
             * Creates a NamedAny message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.NamedAny
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.NamedAny} NamedAny
             */
            NamedAny.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.NamedAny)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.NamedAny: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.NamedAny();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.value != null) {
                    if (!$util.isObject(object.value))
                        throw $TypeError(".openapi.v2.NamedAny.value: object expected");
                    message.value = $root.openapi.v2.Any.fromObject(object.value, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a NamedAny message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.NamedAny
             * @static
             * @param {openapi.v2.NamedAny} message NamedAny
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NamedAny.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.name = "";
                    object.value = null;
                }
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    object.value = $root.openapi.v2.Any.toObject(message.value, options, _depth + 1);
                return object;
            };

            /**
             * Converts this NamedAny to JSON.
             * @function toJSON
             * @memberof openapi.v2.NamedAny
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NamedAny.prototype.toJSON = function() {
                return NamedAny.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for NamedAny
             * @function getTypeUrl
             * @memberof openapi.v2.NamedAny
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NamedAny.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.NamedAny";
            };

            return NamedAny;
        })();

        v2.Any = (function() {

            /**
             * Properties of an Any.
             * @typedef {Object} openapi.v2.Any.$Properties
             * @property {string|null} [yaml] Any yaml
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Any.
             * @memberof openapi.v2
             * @interface IAny
             * @augments openapi.v2.Any.$Properties
             * @deprecated Use openapi.v2.Any.$Properties instead.
             */

            /**
             * Shape of an Any.
             * @typedef {openapi.v2.Any.$Properties} openapi.v2.Any.$Shape
             */

            /**
             * Constructs a new Any.
             * @memberof openapi.v2
             * @classdesc Represents an Any.
             * @constructor
             * @param {openapi.v2.Any.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Any = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Any yaml.
             * @member {string} yaml
             * @memberof openapi.v2.Any
             * @instance
             */
            Any.prototype.yaml = "";

            /**
             * Creates a new Any instance using the specified properties.
             * @function create
             * @memberof openapi.v2.Any
             * @static
             * @param {openapi.v2.Any.$Properties=} [properties] Properties to set
             * @returns {openapi.v2.Any} Any instance
             * @type {{
             *   (properties: openapi.v2.Any.$Shape): openapi.v2.Any & openapi.v2.Any.$Shape;
             *   (properties?: openapi.v2.Any.$Properties): openapi.v2.Any;
             * }}
             */
            Any.create = function(properties) {
                return new Any(properties);
            };

            /**
             * Encodes the specified Any message. Does not implicitly {@link openapi.v2.Any.verify|verify} messages.
             * @function encode
             * @memberof openapi.v2.Any
             * @static
             * @param {openapi.v2.Any.$Properties} message Any message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Any.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.yaml != null && $Object.hasOwnProperty.call(message, "yaml") && message.yaml !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.yaml);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Any message from the specified reader or buffer.
             * @function decode
             * @memberof openapi.v2.Any
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {openapi.v2.Any & openapi.v2.Any.$Shape} Any
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Any.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.openapi.v2.Any();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.yaml = value;
                            else
                                delete message.yaml;
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
             * Creates an Any message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof openapi.v2.Any
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {openapi.v2.Any} Any
             */
            Any.fromObject = function (object, _depth) {
                if (object instanceof $root.openapi.v2.Any)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".openapi.v2.Any: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.openapi.v2.Any();
                if (object.yaml != null)
                    if (typeof object.yaml !== "string" || object.yaml.length)
                        message.yaml = $String(object.yaml);
                return message;
            };

            /**
             * Creates a plain object from an Any message. Also converts values to other types if specified.
             * @function toObject
             * @memberof openapi.v2.Any
             * @static
             * @param {openapi.v2.Any} message Any
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Any.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.yaml = "";
                if (message.yaml != null && $Object.hasOwnProperty.call(message, "yaml"))
                    object.yaml = message.yaml;
                return object;
            };

            /**
             * Converts this Any to JSON.
             * @function toJSON
             * @memberof openapi.v2.Any
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Any.prototype.toJSON = function() {
                return Any.toObject(this, $protobuf.util.toJSONOptions);
            };

            /**
             * Gets the type url for Any
             * @function getTypeUrl
             * @memberof openapi.v2.Any
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Any.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/openapi.v2.Any";
            };

            return Any;
        })();

        return v2;
    })();

    return openapi;
})();

export {
  $root as default
};
