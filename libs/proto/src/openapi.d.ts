import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace openapi. */
export namespace openapi {

    /** Namespace v2. */
    namespace v2 {

        /**
         * Properties of a Document.
         * @deprecated Use openapi.v2.Document.$Properties instead.
         */
        interface IDocument extends openapi.v2.Document.$Properties {
        }

        /** Represents a Document. */
        class Document {

            /**
             * Constructs a new Document.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Document.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Document swagger. */
            swagger: string;

            /** Document info. */
            info?: (openapi.v2.Info.$Properties|null);

            /** Document paths. */
            paths?: (openapi.v2.Paths.$Properties|null);

            /** Document definitions. */
            definitions?: (openapi.v2.Definitions.$Properties|null);

            /**
             * Creates a new Document instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Document instance
             */
            static create(properties: openapi.v2.Document.$Shape): openapi.v2.Document & openapi.v2.Document.$Shape;
            static create(properties?: openapi.v2.Document.$Properties): openapi.v2.Document;

            /**
             * Encodes the specified Document message. Does not implicitly {@link openapi.v2.Document.verify|verify} messages.
             * @param message Document message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Document.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Document message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Document & openapi.v2.Document.$Shape} Document
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Document & openapi.v2.Document.$Shape;

            /**
             * Creates a Document message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Document
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Document;

            /**
             * Creates a plain object from a Document message. Also converts values to other types if specified.
             * @param message Document
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Document, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Document to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Document
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Document {

            /** Properties of a Document. */
            interface $Properties {

                /** Document swagger */
                swagger?: (string|null);

                /** Document info */
                info?: (openapi.v2.Info.$Properties|null);

                /** Document paths */
                paths?: (openapi.v2.Paths.$Properties|null);

                /** Document definitions */
                definitions?: (openapi.v2.Definitions.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Document. */
            type $Shape = openapi.v2.Document.$Properties;
        }

        /**
         * Properties of an Info.
         * @deprecated Use openapi.v2.Info.$Properties instead.
         */
        interface IInfo extends openapi.v2.Info.$Properties {
        }

        /** Represents an Info. */
        class Info {

            /**
             * Constructs a new Info.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Info.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Info title. */
            title: string;

            /** Info version. */
            version: string;

            /**
             * Creates a new Info instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Info instance
             */
            static create(properties: openapi.v2.Info.$Shape): openapi.v2.Info & openapi.v2.Info.$Shape;
            static create(properties?: openapi.v2.Info.$Properties): openapi.v2.Info;

            /**
             * Encodes the specified Info message. Does not implicitly {@link openapi.v2.Info.verify|verify} messages.
             * @param message Info message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Info.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Info message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Info & openapi.v2.Info.$Shape} Info
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Info & openapi.v2.Info.$Shape;

            /**
             * Creates an Info message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Info
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Info;

            /**
             * Creates a plain object from an Info message. Also converts values to other types if specified.
             * @param message Info
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Info, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Info to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Info
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Info {

            /** Properties of an Info. */
            interface $Properties {

                /** Info title */
                title?: (string|null);

                /** Info version */
                version?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Info. */
            type $Shape = openapi.v2.Info.$Properties;
        }

        /**
         * Properties of a Paths.
         * @deprecated Use openapi.v2.Paths.$Properties instead.
         */
        interface IPaths extends openapi.v2.Paths.$Properties {
        }

        /** Represents a Paths. */
        class Paths {

            /**
             * Constructs a new Paths.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Paths.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Paths path. */
            path: openapi.v2.NamedPathItem.$Properties[];

            /**
             * Creates a new Paths instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Paths instance
             */
            static create(properties: openapi.v2.Paths.$Shape): openapi.v2.Paths & openapi.v2.Paths.$Shape;
            static create(properties?: openapi.v2.Paths.$Properties): openapi.v2.Paths;

            /**
             * Encodes the specified Paths message. Does not implicitly {@link openapi.v2.Paths.verify|verify} messages.
             * @param message Paths message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Paths.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Paths message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Paths & openapi.v2.Paths.$Shape} Paths
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Paths & openapi.v2.Paths.$Shape;

            /**
             * Creates a Paths message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Paths
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Paths;

            /**
             * Creates a plain object from a Paths message. Also converts values to other types if specified.
             * @param message Paths
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Paths, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Paths to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Paths
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Paths {

            /** Properties of a Paths. */
            interface $Properties {

                /** Paths path */
                path?: (openapi.v2.NamedPathItem.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Paths. */
            type $Shape = openapi.v2.Paths.$Properties;
        }

        /**
         * Properties of a NamedPathItem.
         * @deprecated Use openapi.v2.NamedPathItem.$Properties instead.
         */
        interface INamedPathItem extends openapi.v2.NamedPathItem.$Properties {
        }

        /** Represents a NamedPathItem. */
        class NamedPathItem {

            /**
             * Constructs a new NamedPathItem.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.NamedPathItem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamedPathItem name. */
            name: string;

            /** NamedPathItem value. */
            value?: (openapi.v2.PathItem.$Properties|null);

            /**
             * Creates a new NamedPathItem instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NamedPathItem instance
             */
            static create(properties: openapi.v2.NamedPathItem.$Shape): openapi.v2.NamedPathItem & openapi.v2.NamedPathItem.$Shape;
            static create(properties?: openapi.v2.NamedPathItem.$Properties): openapi.v2.NamedPathItem;

            /**
             * Encodes the specified NamedPathItem message. Does not implicitly {@link openapi.v2.NamedPathItem.verify|verify} messages.
             * @param message NamedPathItem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.NamedPathItem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamedPathItem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.NamedPathItem & openapi.v2.NamedPathItem.$Shape} NamedPathItem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.NamedPathItem & openapi.v2.NamedPathItem.$Shape;

            /**
             * Creates a NamedPathItem message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NamedPathItem
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.NamedPathItem;

            /**
             * Creates a plain object from a NamedPathItem message. Also converts values to other types if specified.
             * @param message NamedPathItem
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.NamedPathItem, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NamedPathItem to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for NamedPathItem
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NamedPathItem {

            /** Properties of a NamedPathItem. */
            interface $Properties {

                /** NamedPathItem name */
                name?: (string|null);

                /** NamedPathItem value */
                value?: (openapi.v2.PathItem.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamedPathItem. */
            type $Shape = openapi.v2.NamedPathItem.$Properties;
        }

        /**
         * Properties of a PathItem.
         * @deprecated Use openapi.v2.PathItem.$Properties instead.
         */
        interface IPathItem extends openapi.v2.PathItem.$Properties {
        }

        /** Represents a PathItem. */
        class PathItem {

            /**
             * Constructs a new PathItem.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.PathItem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PathItem get. */
            get?: (openapi.v2.Operation.$Properties|null);

            /** PathItem put. */
            put?: (openapi.v2.Operation.$Properties|null);

            /** PathItem post. */
            post?: (openapi.v2.Operation.$Properties|null);

            /** PathItem delete. */
            delete?: (openapi.v2.Operation.$Properties|null);

            /** PathItem patch. */
            patch?: (openapi.v2.Operation.$Properties|null);

            /**
             * Creates a new PathItem instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PathItem instance
             */
            static create(properties: openapi.v2.PathItem.$Shape): openapi.v2.PathItem & openapi.v2.PathItem.$Shape;
            static create(properties?: openapi.v2.PathItem.$Properties): openapi.v2.PathItem;

            /**
             * Encodes the specified PathItem message. Does not implicitly {@link openapi.v2.PathItem.verify|verify} messages.
             * @param message PathItem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.PathItem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PathItem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.PathItem & openapi.v2.PathItem.$Shape} PathItem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.PathItem & openapi.v2.PathItem.$Shape;

            /**
             * Creates a PathItem message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PathItem
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.PathItem;

            /**
             * Creates a plain object from a PathItem message. Also converts values to other types if specified.
             * @param message PathItem
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.PathItem, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PathItem to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for PathItem
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PathItem {

            /** Properties of a PathItem. */
            interface $Properties {

                /** PathItem get */
                get?: (openapi.v2.Operation.$Properties|null);

                /** PathItem put */
                put?: (openapi.v2.Operation.$Properties|null);

                /** PathItem post */
                post?: (openapi.v2.Operation.$Properties|null);

                /** PathItem delete */
                "delete"?: (openapi.v2.Operation.$Properties|null);

                /** PathItem patch */
                patch?: (openapi.v2.Operation.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PathItem. */
            type $Shape = openapi.v2.PathItem.$Properties;
        }

        /**
         * Properties of an Operation.
         * @deprecated Use openapi.v2.Operation.$Properties instead.
         */
        interface IOperation extends openapi.v2.Operation.$Properties {
        }

        /** Represents an Operation. */
        class Operation {

            /**
             * Constructs a new Operation.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Operation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Operation description. */
            description: string;

            /** Operation operationId. */
            operationId: string;

            /** Operation produces. */
            produces: string[];

            /** Operation consumes. */
            consumes: string[];

            /** Operation parameters. */
            parameters: openapi.v2.ParametersItem.$Properties[];

            /** Operation responses. */
            responses?: (openapi.v2.Responses.$Properties|null);

            /** Operation vendorExtension. */
            vendorExtension: openapi.v2.NamedAny.$Properties[];

            /**
             * Creates a new Operation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Operation instance
             */
            static create(properties: openapi.v2.Operation.$Shape): openapi.v2.Operation & openapi.v2.Operation.$Shape;
            static create(properties?: openapi.v2.Operation.$Properties): openapi.v2.Operation;

            /**
             * Encodes the specified Operation message. Does not implicitly {@link openapi.v2.Operation.verify|verify} messages.
             * @param message Operation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Operation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Operation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Operation & openapi.v2.Operation.$Shape} Operation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Operation & openapi.v2.Operation.$Shape;

            /**
             * Creates an Operation message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Operation
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Operation;

            /**
             * Creates a plain object from an Operation message. Also converts values to other types if specified.
             * @param message Operation
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Operation, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Operation to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Operation
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Operation {

            /** Properties of an Operation. */
            interface $Properties {

                /** Operation description */
                description?: (string|null);

                /** Operation operationId */
                operationId?: (string|null);

                /** Operation produces */
                produces?: (string[]|null);

                /** Operation consumes */
                consumes?: (string[]|null);

                /** Operation parameters */
                parameters?: (openapi.v2.ParametersItem.$Properties[]|null);

                /** Operation responses */
                responses?: (openapi.v2.Responses.$Properties|null);

                /** Operation vendorExtension */
                vendorExtension?: (openapi.v2.NamedAny.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Operation. */
            type $Shape = openapi.v2.Operation.$Properties;
        }

        /**
         * Properties of a ParametersItem.
         * @deprecated Use openapi.v2.ParametersItem.$Properties instead.
         */
        interface IParametersItem extends openapi.v2.ParametersItem.$Properties {
        }

        /** Represents a ParametersItem. */
        class ParametersItem {

            /**
             * Constructs a new ParametersItem.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.ParametersItem.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ParametersItem parameter. */
            parameter?: (openapi.v2.Parameter.$Properties|null);

            /**
             * Creates a new ParametersItem instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ParametersItem instance
             */
            static create(properties: openapi.v2.ParametersItem.$Shape): openapi.v2.ParametersItem & openapi.v2.ParametersItem.$Shape;
            static create(properties?: openapi.v2.ParametersItem.$Properties): openapi.v2.ParametersItem;

            /**
             * Encodes the specified ParametersItem message. Does not implicitly {@link openapi.v2.ParametersItem.verify|verify} messages.
             * @param message ParametersItem message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.ParametersItem.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ParametersItem message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.ParametersItem & openapi.v2.ParametersItem.$Shape} ParametersItem
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.ParametersItem & openapi.v2.ParametersItem.$Shape;

            /**
             * Creates a ParametersItem message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ParametersItem
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.ParametersItem;

            /**
             * Creates a plain object from a ParametersItem message. Also converts values to other types if specified.
             * @param message ParametersItem
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.ParametersItem, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ParametersItem to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for ParametersItem
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ParametersItem {

            /** Properties of a ParametersItem. */
            interface $Properties {

                /** ParametersItem parameter */
                parameter?: (openapi.v2.Parameter.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ParametersItem. */
            type $Shape = openapi.v2.ParametersItem.$Properties;
        }

        /**
         * Properties of a Parameter.
         * @deprecated Use openapi.v2.Parameter.$Properties instead.
         */
        interface IParameter extends openapi.v2.Parameter.$Properties {
        }

        /** Represents a Parameter. */
        class Parameter {

            /**
             * Constructs a new Parameter.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Parameter.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Parameter nonBodyParameter. */
            nonBodyParameter?: (openapi.v2.NonBodyParameter.$Properties|null);

            /**
             * Creates a new Parameter instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Parameter instance
             */
            static create(properties: openapi.v2.Parameter.$Shape): openapi.v2.Parameter & openapi.v2.Parameter.$Shape;
            static create(properties?: openapi.v2.Parameter.$Properties): openapi.v2.Parameter;

            /**
             * Encodes the specified Parameter message. Does not implicitly {@link openapi.v2.Parameter.verify|verify} messages.
             * @param message Parameter message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Parameter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Parameter message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Parameter & openapi.v2.Parameter.$Shape} Parameter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Parameter & openapi.v2.Parameter.$Shape;

            /**
             * Creates a Parameter message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Parameter
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Parameter;

            /**
             * Creates a plain object from a Parameter message. Also converts values to other types if specified.
             * @param message Parameter
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Parameter, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Parameter to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Parameter
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Parameter {

            /** Properties of a Parameter. */
            interface $Properties {

                /** Parameter nonBodyParameter */
                nonBodyParameter?: (openapi.v2.NonBodyParameter.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Parameter. */
            type $Shape = openapi.v2.Parameter.$Properties;
        }

        /**
         * Properties of a NonBodyParameter.
         * @deprecated Use openapi.v2.NonBodyParameter.$Properties instead.
         */
        interface INonBodyParameter extends openapi.v2.NonBodyParameter.$Properties {
        }

        /** Represents a NonBodyParameter. */
        class NonBodyParameter {

            /**
             * Constructs a new NonBodyParameter.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.NonBodyParameter.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NonBodyParameter queryParameter. */
            queryParameter?: (openapi.v2.QueryParameter.$Properties|null);

            /**
             * Creates a new NonBodyParameter instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NonBodyParameter instance
             */
            static create(properties: openapi.v2.NonBodyParameter.$Shape): openapi.v2.NonBodyParameter & openapi.v2.NonBodyParameter.$Shape;
            static create(properties?: openapi.v2.NonBodyParameter.$Properties): openapi.v2.NonBodyParameter;

            /**
             * Encodes the specified NonBodyParameter message. Does not implicitly {@link openapi.v2.NonBodyParameter.verify|verify} messages.
             * @param message NonBodyParameter message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.NonBodyParameter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NonBodyParameter message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.NonBodyParameter & openapi.v2.NonBodyParameter.$Shape} NonBodyParameter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.NonBodyParameter & openapi.v2.NonBodyParameter.$Shape;

            /**
             * Creates a NonBodyParameter message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NonBodyParameter
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.NonBodyParameter;

            /**
             * Creates a plain object from a NonBodyParameter message. Also converts values to other types if specified.
             * @param message NonBodyParameter
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.NonBodyParameter, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NonBodyParameter to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for NonBodyParameter
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NonBodyParameter {

            /** Properties of a NonBodyParameter. */
            interface $Properties {

                /** NonBodyParameter queryParameter */
                queryParameter?: (openapi.v2.QueryParameter.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NonBodyParameter. */
            type $Shape = openapi.v2.NonBodyParameter.$Properties;
        }

        /**
         * Properties of a QueryParameter.
         * @deprecated Use openapi.v2.QueryParameter.$Properties instead.
         */
        interface IQueryParameter extends openapi.v2.QueryParameter.$Properties {
        }

        /** Represents a QueryParameter. */
        class QueryParameter {

            /**
             * Constructs a new QueryParameter.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.QueryParameter.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QueryParameter in. */
            in: string;

            /** QueryParameter description. */
            description: string;

            /** QueryParameter name. */
            name: string;

            /** QueryParameter type. */
            type: string;

            /**
             * Creates a new QueryParameter instance using the specified properties.
             * @param [properties] Properties to set
             * @returns QueryParameter instance
             */
            static create(properties: openapi.v2.QueryParameter.$Shape): openapi.v2.QueryParameter & openapi.v2.QueryParameter.$Shape;
            static create(properties?: openapi.v2.QueryParameter.$Properties): openapi.v2.QueryParameter;

            /**
             * Encodes the specified QueryParameter message. Does not implicitly {@link openapi.v2.QueryParameter.verify|verify} messages.
             * @param message QueryParameter message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.QueryParameter.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QueryParameter message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.QueryParameter & openapi.v2.QueryParameter.$Shape} QueryParameter
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.QueryParameter & openapi.v2.QueryParameter.$Shape;

            /**
             * Creates a QueryParameter message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns QueryParameter
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.QueryParameter;

            /**
             * Creates a plain object from a QueryParameter message. Also converts values to other types if specified.
             * @param message QueryParameter
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.QueryParameter, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this QueryParameter to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for QueryParameter
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace QueryParameter {

            /** Properties of a QueryParameter. */
            interface $Properties {

                /** QueryParameter in */
                "in"?: (string|null);

                /** QueryParameter description */
                description?: (string|null);

                /** QueryParameter name */
                name?: (string|null);

                /** QueryParameter type */
                type?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a QueryParameter. */
            type $Shape = openapi.v2.QueryParameter.$Properties;
        }

        /**
         * Properties of a Responses.
         * @deprecated Use openapi.v2.Responses.$Properties instead.
         */
        interface IResponses extends openapi.v2.Responses.$Properties {
        }

        /** Represents a Responses. */
        class Responses {

            /**
             * Constructs a new Responses.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Responses.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Responses responseCode. */
            responseCode: openapi.v2.NamedResponse.$Properties[];

            /**
             * Creates a new Responses instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Responses instance
             */
            static create(properties: openapi.v2.Responses.$Shape): openapi.v2.Responses & openapi.v2.Responses.$Shape;
            static create(properties?: openapi.v2.Responses.$Properties): openapi.v2.Responses;

            /**
             * Encodes the specified Responses message. Does not implicitly {@link openapi.v2.Responses.verify|verify} messages.
             * @param message Responses message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Responses.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Responses message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Responses & openapi.v2.Responses.$Shape} Responses
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Responses & openapi.v2.Responses.$Shape;

            /**
             * Creates a Responses message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Responses
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Responses;

            /**
             * Creates a plain object from a Responses message. Also converts values to other types if specified.
             * @param message Responses
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Responses, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Responses to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Responses
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Responses {

            /** Properties of a Responses. */
            interface $Properties {

                /** Responses responseCode */
                responseCode?: (openapi.v2.NamedResponse.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Responses. */
            type $Shape = openapi.v2.Responses.$Properties;
        }

        /**
         * Properties of a NamedResponse.
         * @deprecated Use openapi.v2.NamedResponse.$Properties instead.
         */
        interface INamedResponse extends openapi.v2.NamedResponse.$Properties {
        }

        /** Represents a NamedResponse. */
        class NamedResponse {

            /**
             * Constructs a new NamedResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.NamedResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamedResponse name. */
            name: string;

            /** NamedResponse value. */
            value?: (openapi.v2.ResponseValue.$Properties|null);

            /**
             * Creates a new NamedResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NamedResponse instance
             */
            static create(properties: openapi.v2.NamedResponse.$Shape): openapi.v2.NamedResponse & openapi.v2.NamedResponse.$Shape;
            static create(properties?: openapi.v2.NamedResponse.$Properties): openapi.v2.NamedResponse;

            /**
             * Encodes the specified NamedResponse message. Does not implicitly {@link openapi.v2.NamedResponse.verify|verify} messages.
             * @param message NamedResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.NamedResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamedResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.NamedResponse & openapi.v2.NamedResponse.$Shape} NamedResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.NamedResponse & openapi.v2.NamedResponse.$Shape;

            /**
             * Creates a NamedResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NamedResponse
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.NamedResponse;

            /**
             * Creates a plain object from a NamedResponse message. Also converts values to other types if specified.
             * @param message NamedResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.NamedResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NamedResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for NamedResponse
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NamedResponse {

            /** Properties of a NamedResponse. */
            interface $Properties {

                /** NamedResponse name */
                name?: (string|null);

                /** NamedResponse value */
                value?: (openapi.v2.ResponseValue.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamedResponse. */
            type $Shape = openapi.v2.NamedResponse.$Properties;
        }

        /**
         * Properties of a ResponseValue.
         * @deprecated Use openapi.v2.ResponseValue.$Properties instead.
         */
        interface IResponseValue extends openapi.v2.ResponseValue.$Properties {
        }

        /** Represents a ResponseValue. */
        class ResponseValue {

            /**
             * Constructs a new ResponseValue.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.ResponseValue.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ResponseValue response. */
            response?: (openapi.v2.Response.$Properties|null);

            /**
             * Creates a new ResponseValue instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ResponseValue instance
             */
            static create(properties: openapi.v2.ResponseValue.$Shape): openapi.v2.ResponseValue & openapi.v2.ResponseValue.$Shape;
            static create(properties?: openapi.v2.ResponseValue.$Properties): openapi.v2.ResponseValue;

            /**
             * Encodes the specified ResponseValue message. Does not implicitly {@link openapi.v2.ResponseValue.verify|verify} messages.
             * @param message ResponseValue message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.ResponseValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResponseValue message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.ResponseValue & openapi.v2.ResponseValue.$Shape} ResponseValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.ResponseValue & openapi.v2.ResponseValue.$Shape;

            /**
             * Creates a ResponseValue message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ResponseValue
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.ResponseValue;

            /**
             * Creates a plain object from a ResponseValue message. Also converts values to other types if specified.
             * @param message ResponseValue
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.ResponseValue, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ResponseValue to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for ResponseValue
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ResponseValue {

            /** Properties of a ResponseValue. */
            interface $Properties {

                /** ResponseValue response */
                response?: (openapi.v2.Response.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResponseValue. */
            type $Shape = openapi.v2.ResponseValue.$Properties;
        }

        /**
         * Properties of a Response.
         * @deprecated Use openapi.v2.Response.$Properties instead.
         */
        interface IResponse extends openapi.v2.Response.$Properties {
        }

        /** Represents a Response. */
        class Response {

            /**
             * Constructs a new Response.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Response.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Response description. */
            description: string;

            /**
             * Creates a new Response instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Response instance
             */
            static create(properties: openapi.v2.Response.$Shape): openapi.v2.Response & openapi.v2.Response.$Shape;
            static create(properties?: openapi.v2.Response.$Properties): openapi.v2.Response;

            /**
             * Encodes the specified Response message. Does not implicitly {@link openapi.v2.Response.verify|verify} messages.
             * @param message Response message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Response.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Response message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Response & openapi.v2.Response.$Shape} Response
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Response & openapi.v2.Response.$Shape;

            /**
             * Creates a Response message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Response
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Response;

            /**
             * Creates a plain object from a Response message. Also converts values to other types if specified.
             * @param message Response
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Response, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Response to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Response
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Response {

            /** Properties of a Response. */
            interface $Properties {

                /** Response description */
                description?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Response. */
            type $Shape = openapi.v2.Response.$Properties;
        }

        /**
         * Properties of a Definitions.
         * @deprecated Use openapi.v2.Definitions.$Properties instead.
         */
        interface IDefinitions extends openapi.v2.Definitions.$Properties {
        }

        /** Represents a Definitions. */
        class Definitions {

            /**
             * Constructs a new Definitions.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Definitions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Definitions additionalProperties. */
            additionalProperties: openapi.v2.NamedSchema.$Properties[];

            /**
             * Creates a new Definitions instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Definitions instance
             */
            static create(properties: openapi.v2.Definitions.$Shape): openapi.v2.Definitions & openapi.v2.Definitions.$Shape;
            static create(properties?: openapi.v2.Definitions.$Properties): openapi.v2.Definitions;

            /**
             * Encodes the specified Definitions message. Does not implicitly {@link openapi.v2.Definitions.verify|verify} messages.
             * @param message Definitions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Definitions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Definitions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Definitions & openapi.v2.Definitions.$Shape} Definitions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Definitions & openapi.v2.Definitions.$Shape;

            /**
             * Creates a Definitions message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Definitions
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Definitions;

            /**
             * Creates a plain object from a Definitions message. Also converts values to other types if specified.
             * @param message Definitions
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Definitions, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Definitions to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Definitions
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Definitions {

            /** Properties of a Definitions. */
            interface $Properties {

                /** Definitions additionalProperties */
                additionalProperties?: (openapi.v2.NamedSchema.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Definitions. */
            type $Shape = openapi.v2.Definitions.$Properties;
        }

        /**
         * Properties of a NamedSchema.
         * @deprecated Use openapi.v2.NamedSchema.$Properties instead.
         */
        interface INamedSchema extends openapi.v2.NamedSchema.$Properties {
        }

        /** Represents a NamedSchema. */
        class NamedSchema {

            /**
             * Constructs a new NamedSchema.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.NamedSchema.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamedSchema name. */
            name: string;

            /** NamedSchema value. */
            value?: (openapi.v2.Schema.$Properties|null);

            /**
             * Creates a new NamedSchema instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NamedSchema instance
             */
            static create(properties: openapi.v2.NamedSchema.$Shape): openapi.v2.NamedSchema & openapi.v2.NamedSchema.$Shape;
            static create(properties?: openapi.v2.NamedSchema.$Properties): openapi.v2.NamedSchema;

            /**
             * Encodes the specified NamedSchema message. Does not implicitly {@link openapi.v2.NamedSchema.verify|verify} messages.
             * @param message NamedSchema message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.NamedSchema.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamedSchema message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.NamedSchema & openapi.v2.NamedSchema.$Shape} NamedSchema
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.NamedSchema & openapi.v2.NamedSchema.$Shape;

            /**
             * Creates a NamedSchema message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NamedSchema
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.NamedSchema;

            /**
             * Creates a plain object from a NamedSchema message. Also converts values to other types if specified.
             * @param message NamedSchema
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.NamedSchema, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NamedSchema to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for NamedSchema
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NamedSchema {

            /** Properties of a NamedSchema. */
            interface $Properties {

                /** NamedSchema name */
                name?: (string|null);

                /** NamedSchema value */
                value?: (openapi.v2.Schema.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamedSchema. */
            type $Shape = openapi.v2.NamedSchema.$Properties;
        }

        /**
         * Properties of a Schema.
         * @deprecated Use openapi.v2.Schema.$Properties instead.
         */
        interface ISchema extends openapi.v2.Schema.$Properties {
        }

        /** Represents a Schema. */
        class Schema {

            /**
             * Constructs a new Schema.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Schema.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Schema ref. */
            ref: string;

            /** Schema format. */
            format: string;

            /** Schema description. */
            description: string;

            /** Schema required. */
            required: string[];

            /** Schema additionalProperties. */
            additionalProperties?: (openapi.v2.AdditionalProperties.$Properties|null);

            /** Schema type. */
            type?: (openapi.v2.Type.$Properties|null);

            /** Schema items. */
            items?: (openapi.v2.Items.$Properties|null);

            /** Schema properties. */
            properties?: (openapi.v2.Properties.$Properties|null);

            /** Schema vendorExtension. */
            vendorExtension: openapi.v2.NamedAny.$Properties[];

            /**
             * Creates a new Schema instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Schema instance
             */
            static create(properties: openapi.v2.Schema.$Shape): openapi.v2.Schema & openapi.v2.Schema.$Shape;
            static create(properties?: openapi.v2.Schema.$Properties): openapi.v2.Schema;

            /**
             * Encodes the specified Schema message. Does not implicitly {@link openapi.v2.Schema.verify|verify} messages.
             * @param message Schema message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Schema.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Schema message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Schema & openapi.v2.Schema.$Shape} Schema
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Schema & openapi.v2.Schema.$Shape;

            /**
             * Creates a Schema message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Schema
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Schema;

            /**
             * Creates a plain object from a Schema message. Also converts values to other types if specified.
             * @param message Schema
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Schema, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Schema to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Schema
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Schema {

            /** Properties of a Schema. */
            interface $Properties {

                /** Schema ref */
                ref?: (string|null);

                /** Schema format */
                format?: (string|null);

                /** Schema description */
                description?: (string|null);

                /** Schema required */
                required?: (string[]|null);

                /** Schema additionalProperties */
                additionalProperties?: (openapi.v2.AdditionalProperties.$Properties|null);

                /** Schema type */
                type?: (openapi.v2.Type.$Properties|null);

                /** Schema items */
                items?: (openapi.v2.Items.$Properties|null);

                /** Schema properties */
                properties?: (openapi.v2.Properties.$Properties|null);

                /** Schema vendorExtension */
                vendorExtension?: (openapi.v2.NamedAny.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Schema. */
            type $Shape = openapi.v2.Schema.$Properties;
        }

        /**
         * Properties of an AdditionalProperties.
         * @deprecated Use openapi.v2.AdditionalProperties.$Properties instead.
         */
        interface IAdditionalProperties extends openapi.v2.AdditionalProperties.$Properties {
        }

        /** Represents an AdditionalProperties. */
        class AdditionalProperties {

            /**
             * Constructs a new AdditionalProperties.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.AdditionalProperties.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AdditionalProperties schema. */
            schema?: (openapi.v2.Schema.$Properties|null);

            /**
             * Creates a new AdditionalProperties instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AdditionalProperties instance
             */
            static create(properties: openapi.v2.AdditionalProperties.$Shape): openapi.v2.AdditionalProperties & openapi.v2.AdditionalProperties.$Shape;
            static create(properties?: openapi.v2.AdditionalProperties.$Properties): openapi.v2.AdditionalProperties;

            /**
             * Encodes the specified AdditionalProperties message. Does not implicitly {@link openapi.v2.AdditionalProperties.verify|verify} messages.
             * @param message AdditionalProperties message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.AdditionalProperties.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AdditionalProperties message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.AdditionalProperties & openapi.v2.AdditionalProperties.$Shape} AdditionalProperties
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.AdditionalProperties & openapi.v2.AdditionalProperties.$Shape;

            /**
             * Creates an AdditionalProperties message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AdditionalProperties
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.AdditionalProperties;

            /**
             * Creates a plain object from an AdditionalProperties message. Also converts values to other types if specified.
             * @param message AdditionalProperties
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.AdditionalProperties, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AdditionalProperties to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for AdditionalProperties
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace AdditionalProperties {

            /** Properties of an AdditionalProperties. */
            interface $Properties {

                /** AdditionalProperties schema */
                schema?: (openapi.v2.Schema.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AdditionalProperties. */
            type $Shape = openapi.v2.AdditionalProperties.$Properties;
        }

        /**
         * Properties of a Type.
         * @deprecated Use openapi.v2.Type.$Properties instead.
         */
        interface IType extends openapi.v2.Type.$Properties {
        }

        /** Represents a Type. */
        class Type {

            /**
             * Constructs a new Type.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Type.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Type value. */
            value: string[];

            /**
             * Creates a new Type instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Type instance
             */
            static create(properties: openapi.v2.Type.$Shape): openapi.v2.Type & openapi.v2.Type.$Shape;
            static create(properties?: openapi.v2.Type.$Properties): openapi.v2.Type;

            /**
             * Encodes the specified Type message. Does not implicitly {@link openapi.v2.Type.verify|verify} messages.
             * @param message Type message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Type.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Type message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Type & openapi.v2.Type.$Shape} Type
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Type & openapi.v2.Type.$Shape;

            /**
             * Creates a Type message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Type
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Type;

            /**
             * Creates a plain object from a Type message. Also converts values to other types if specified.
             * @param message Type
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Type, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Type to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Type
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Type {

            /** Properties of a Type. */
            interface $Properties {

                /** Type value */
                value?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Type. */
            type $Shape = openapi.v2.Type.$Properties;
        }

        /**
         * Properties of an Items.
         * @deprecated Use openapi.v2.Items.$Properties instead.
         */
        interface IItems extends openapi.v2.Items.$Properties {
        }

        /** Represents an Items. */
        class Items {

            /**
             * Constructs a new Items.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Items.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Items schema. */
            schema: openapi.v2.Schema.$Properties[];

            /**
             * Creates a new Items instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Items instance
             */
            static create(properties: openapi.v2.Items.$Shape): openapi.v2.Items & openapi.v2.Items.$Shape;
            static create(properties?: openapi.v2.Items.$Properties): openapi.v2.Items;

            /**
             * Encodes the specified Items message. Does not implicitly {@link openapi.v2.Items.verify|verify} messages.
             * @param message Items message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Items.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Items message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Items & openapi.v2.Items.$Shape} Items
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Items & openapi.v2.Items.$Shape;

            /**
             * Creates an Items message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Items
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Items;

            /**
             * Creates a plain object from an Items message. Also converts values to other types if specified.
             * @param message Items
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Items, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Items to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Items
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Items {

            /** Properties of an Items. */
            interface $Properties {

                /** Items schema */
                schema?: (openapi.v2.Schema.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Items. */
            type $Shape = openapi.v2.Items.$Properties;
        }

        /**
         * Properties of a Properties.
         * @deprecated Use openapi.v2.Properties.$Properties instead.
         */
        interface IProperties extends openapi.v2.Properties.$Properties {
        }

        /** Represents a Properties. */
        class Properties {

            /**
             * Constructs a new Properties.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Properties.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Properties additionalProperties. */
            additionalProperties: openapi.v2.NamedSchema.$Properties[];

            /**
             * Creates a new Properties instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Properties instance
             */
            static create(properties: openapi.v2.Properties.$Shape): openapi.v2.Properties & openapi.v2.Properties.$Shape;
            static create(properties?: openapi.v2.Properties.$Properties): openapi.v2.Properties;

            /**
             * Encodes the specified Properties message. Does not implicitly {@link openapi.v2.Properties.verify|verify} messages.
             * @param message Properties message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Properties.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Properties message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Properties & openapi.v2.Properties.$Shape} Properties
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Properties & openapi.v2.Properties.$Shape;

            /**
             * Creates a Properties message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Properties
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Properties;

            /**
             * Creates a plain object from a Properties message. Also converts values to other types if specified.
             * @param message Properties
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Properties, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Properties to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Properties
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Properties {

            /** Properties of a Properties. */
            interface $Properties {

                /** Properties additionalProperties */
                additionalProperties?: (openapi.v2.NamedSchema.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Properties. */
            type $Shape = openapi.v2.Properties.$Properties;
        }

        /**
         * Properties of a NamedAny.
         * @deprecated Use openapi.v2.NamedAny.$Properties instead.
         */
        interface INamedAny extends openapi.v2.NamedAny.$Properties {
        }

        /** Represents a NamedAny. */
        class NamedAny {

            /**
             * Constructs a new NamedAny.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.NamedAny.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamedAny name. */
            name: string;

            /** NamedAny value. */
            value?: (openapi.v2.Any.$Properties|null);

            /**
             * Creates a new NamedAny instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NamedAny instance
             */
            static create(properties: openapi.v2.NamedAny.$Shape): openapi.v2.NamedAny & openapi.v2.NamedAny.$Shape;
            static create(properties?: openapi.v2.NamedAny.$Properties): openapi.v2.NamedAny;

            /**
             * Encodes the specified NamedAny message. Does not implicitly {@link openapi.v2.NamedAny.verify|verify} messages.
             * @param message NamedAny message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.NamedAny.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamedAny message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.NamedAny & openapi.v2.NamedAny.$Shape} NamedAny
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.NamedAny & openapi.v2.NamedAny.$Shape;

            /**
             * Creates a NamedAny message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NamedAny
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.NamedAny;

            /**
             * Creates a plain object from a NamedAny message. Also converts values to other types if specified.
             * @param message NamedAny
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.NamedAny, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NamedAny to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for NamedAny
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NamedAny {

            /** Properties of a NamedAny. */
            interface $Properties {

                /** NamedAny name */
                name?: (string|null);

                /** NamedAny value */
                value?: (openapi.v2.Any.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamedAny. */
            type $Shape = openapi.v2.NamedAny.$Properties;
        }

        /**
         * Properties of an Any.
         * @deprecated Use openapi.v2.Any.$Properties instead.
         */
        interface IAny extends openapi.v2.Any.$Properties {
        }

        /** Represents an Any. */
        class Any {

            /**
             * Constructs a new Any.
             * @param [properties] Properties to set
             */
            constructor(properties?: openapi.v2.Any.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Any yaml. */
            yaml: string;

            /**
             * Creates a new Any instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Any instance
             */
            static create(properties: openapi.v2.Any.$Shape): openapi.v2.Any & openapi.v2.Any.$Shape;
            static create(properties?: openapi.v2.Any.$Properties): openapi.v2.Any;

            /**
             * Encodes the specified Any message. Does not implicitly {@link openapi.v2.Any.verify|verify} messages.
             * @param message Any message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: openapi.v2.Any.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Any message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {openapi.v2.Any & openapi.v2.Any.$Shape} Any
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): openapi.v2.Any & openapi.v2.Any.$Shape;

            /**
             * Creates an Any message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Any
             */
            static fromObject(object: { [k: string]: any }): openapi.v2.Any;

            /**
             * Creates a plain object from an Any message. Also converts values to other types if specified.
             * @param message Any
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: openapi.v2.Any, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Any to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };

            /**
             * Gets the type url for Any
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Any {

            /** Properties of an Any. */
            interface $Properties {

                /** Any yaml */
                yaml?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Any. */
            type $Shape = openapi.v2.Any.$Properties;
        }
    }
}
