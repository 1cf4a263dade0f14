import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace gantry. */
export namespace gantry {

    /** Namespace node. */
    namespace node {

        /** Namespace v1. */
        namespace v1 {

            /**
             * Properties of a JoinRequest.
             * @deprecated Use gantry.node.v1.JoinRequest.$Properties instead.
             */
            interface IJoinRequest extends gantry.node.v1.JoinRequest.$Properties {
            }

            /** Represents a JoinRequest. */
            class JoinRequest {

                /**
                 * Constructs a new JoinRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.JoinRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JoinRequest token. */
                token: string;

                /** JoinRequest nodeName. */
                nodeName: string;

                /** JoinRequest csr. */
                csr: Uint8Array;

                /**
                 * Creates a new JoinRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns JoinRequest instance
                 */
                static create(properties: gantry.node.v1.JoinRequest.$Shape): gantry.node.v1.JoinRequest & gantry.node.v1.JoinRequest.$Shape;
                static create(properties?: gantry.node.v1.JoinRequest.$Properties): gantry.node.v1.JoinRequest;

                /**
                 * Encodes the specified JoinRequest message. Does not implicitly {@link gantry.node.v1.JoinRequest.verify|verify} messages.
                 * @param message JoinRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.JoinRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JoinRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.JoinRequest & gantry.node.v1.JoinRequest.$Shape} JoinRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.JoinRequest & gantry.node.v1.JoinRequest.$Shape;

                /**
                 * Creates a JoinRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns JoinRequest
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.JoinRequest;

                /**
                 * Creates a plain object from a JoinRequest message. Also converts values to other types if specified.
                 * @param message JoinRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.JoinRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this JoinRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for JoinRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace JoinRequest {

                /** Properties of a JoinRequest. */
                interface $Properties {

                    /** JoinRequest token */
                    token?: (string|null);

                    /** JoinRequest nodeName */
                    nodeName?: (string|null);

                    /** JoinRequest csr */
                    csr?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JoinRequest. */
                type $Shape = gantry.node.v1.JoinRequest.$Properties;
            }

            /**
             * Properties of a RenewRequest.
             * @deprecated Use gantry.node.v1.RenewRequest.$Properties instead.
             */
            interface IRenewRequest extends gantry.node.v1.RenewRequest.$Properties {
            }

            /** Represents a RenewRequest. */
            class RenewRequest {

                /**
                 * Constructs a new RenewRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.RenewRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** RenewRequest csr. */
                csr: Uint8Array;

                /**
                 * Creates a new RenewRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns RenewRequest instance
                 */
                static create(properties: gantry.node.v1.RenewRequest.$Shape): gantry.node.v1.RenewRequest & gantry.node.v1.RenewRequest.$Shape;
                static create(properties?: gantry.node.v1.RenewRequest.$Properties): gantry.node.v1.RenewRequest;

                /**
                 * Encodes the specified RenewRequest message. Does not implicitly {@link gantry.node.v1.RenewRequest.verify|verify} messages.
                 * @param message RenewRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.RenewRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a RenewRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.RenewRequest & gantry.node.v1.RenewRequest.$Shape} RenewRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.RenewRequest & gantry.node.v1.RenewRequest.$Shape;

                /**
                 * Creates a RenewRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns RenewRequest
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.RenewRequest;

                /**
                 * Creates a plain object from a RenewRequest message. Also converts values to other types if specified.
                 * @param message RenewRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.RenewRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this RenewRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for RenewRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace RenewRequest {

                /** Properties of a RenewRequest. */
                interface $Properties {

                    /** RenewRequest csr */
                    csr?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a RenewRequest. */
                type $Shape = gantry.node.v1.RenewRequest.$Properties;
            }

            /**
             * Properties of a JoinResponse.
             * @deprecated Use gantry.node.v1.JoinResponse.$Properties instead.
             */
            interface IJoinResponse extends gantry.node.v1.JoinResponse.$Properties {
            }

            /** Represents a JoinResponse. */
            class JoinResponse {

                /**
                 * Constructs a new JoinResponse.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.JoinResponse.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** JoinResponse certificate. */
                certificate: string;

                /** JoinResponse ca. */
                ca: string;

                /**
                 * Creates a new JoinResponse instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns JoinResponse instance
                 */
                static create(properties: gantry.node.v1.JoinResponse.$Shape): gantry.node.v1.JoinResponse & gantry.node.v1.JoinResponse.$Shape;
                static create(properties?: gantry.node.v1.JoinResponse.$Properties): gantry.node.v1.JoinResponse;

                /**
                 * Encodes the specified JoinResponse message. Does not implicitly {@link gantry.node.v1.JoinResponse.verify|verify} messages.
                 * @param message JoinResponse message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.JoinResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a JoinResponse message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.JoinResponse & gantry.node.v1.JoinResponse.$Shape} JoinResponse
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.JoinResponse & gantry.node.v1.JoinResponse.$Shape;

                /**
                 * Creates a JoinResponse message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns JoinResponse
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.JoinResponse;

                /**
                 * Creates a plain object from a JoinResponse message. Also converts values to other types if specified.
                 * @param message JoinResponse
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.JoinResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this JoinResponse to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for JoinResponse
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace JoinResponse {

                /** Properties of a JoinResponse. */
                interface $Properties {

                    /** JoinResponse certificate */
                    certificate?: (string|null);

                    /** JoinResponse ca */
                    ca?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a JoinResponse. */
                type $Shape = gantry.node.v1.JoinResponse.$Properties;
            }

            /**
             * Properties of an AgentMessage.
             * @deprecated Use gantry.node.v1.AgentMessage.$Properties instead.
             */
            interface IAgentMessage extends gantry.node.v1.AgentMessage.$Properties {
            }

            /** Represents an AgentMessage. */
            class AgentMessage {

                /**
                 * Constructs a new AgentMessage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.AgentMessage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AgentMessage hello. */
                hello?: (gantry.node.v1.Hello.$Properties|null);

                /** AgentMessage nodeStatus. */
                nodeStatus?: (gantry.node.v1.NodeStatus.$Properties|null);

                /** AgentMessage heartbeat. */
                heartbeat?: (gantry.node.v1.Heartbeat.$Properties|null);

                /** AgentMessage podStatus. */
                podStatus?: (gantry.node.v1.PodStatus.$Properties|null);

                /** AgentMessage podTerminated. */
                podTerminated?: (gantry.node.v1.PodTerminated.$Properties|null);

                /** AgentMessage event. */
                event?: (gantry.node.v1.EventRecord.$Properties|null);

                /** AgentMessage streamRefused. */
                streamRefused?: (gantry.node.v1.StreamRefused.$Properties|null);

                /** AgentMessage message. */
                message?: ("hello"|"nodeStatus"|"heartbeat"|"podStatus"|"podTerminated"|"event"|"streamRefused");

                /**
                 * Creates a new AgentMessage instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AgentMessage instance
                 */
                static create(properties: gantry.node.v1.AgentMessage.$Shape): gantry.node.v1.AgentMessage & gantry.node.v1.AgentMessage.$Shape;
                static create(properties?: gantry.node.v1.AgentMessage.$Properties): gantry.node.v1.AgentMessage;

                /**
                 * Encodes the specified AgentMessage message. Does not implicitly {@link gantry.node.v1.AgentMessage.verify|verify} messages.
                 * @param message AgentMessage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.AgentMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AgentMessage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.AgentMessage & gantry.node.v1.AgentMessage.$Shape} AgentMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.AgentMessage & gantry.node.v1.AgentMessage.$Shape;

                /**
                 * Creates an AgentMessage message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns AgentMessage
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.AgentMessage;

                /**
                 * Creates a plain object from an AgentMessage message. Also converts values to other types if specified.
                 * @param message AgentMessage
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.AgentMessage, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this AgentMessage to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for AgentMessage
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace AgentMessage {

                /** Properties of an AgentMessage. */
                interface $Properties {

                    /** AgentMessage hello */
                    hello?: (gantry.node.v1.Hello.$Properties|null);

                    /** AgentMessage nodeStatus */
                    nodeStatus?: (gantry.node.v1.NodeStatus.$Properties|null);

                    /** AgentMessage heartbeat */
                    heartbeat?: (gantry.node.v1.Heartbeat.$Properties|null);

                    /** AgentMessage podStatus */
                    podStatus?: (gantry.node.v1.PodStatus.$Properties|null);

                    /** AgentMessage podTerminated */
                    podTerminated?: (gantry.node.v1.PodTerminated.$Properties|null);

                    /** AgentMessage event */
                    event?: (gantry.node.v1.EventRecord.$Properties|null);

                    /** AgentMessage streamRefused */
                    streamRefused?: (gantry.node.v1.StreamRefused.$Properties|null);

                    /** AgentMessage message */
                    message?: ("hello"|"nodeStatus"|"heartbeat"|"podStatus"|"podTerminated"|"event"|"streamRefused");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an AgentMessage. */
                type $Shape = {
                  hello?: gantry.node.v1.Hello.$Shape|null;
                  nodeStatus?: gantry.node.v1.NodeStatus.$Shape|null;
                  heartbeat?: gantry.node.v1.Heartbeat.$Shape|null;
                  podStatus?: gantry.node.v1.PodStatus.$Shape|null;
                  podTerminated?: gantry.node.v1.PodTerminated.$Shape|null;
                  event?: gantry.node.v1.EventRecord.$Shape|null;
                  streamRefused?: gantry.node.v1.StreamRefused.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "hello"; hello: gantry.node.v1.Hello.$Shape; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "nodeStatus"; hello?: null; nodeStatus: gantry.node.v1.NodeStatus.$Shape; heartbeat?: null; podStatus?: null; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "heartbeat"; hello?: null; nodeStatus?: null; heartbeat: gantry.node.v1.Heartbeat.$Shape; podStatus?: null; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "podStatus"; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus: gantry.node.v1.PodStatus.$Shape; podTerminated?: null; event?: null; streamRefused?: null }|{ message?: "podTerminated"; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated: gantry.node.v1.PodTerminated.$Shape; event?: null; streamRefused?: null }|{ message?: "event"; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated?: null; event: gantry.node.v1.EventRecord.$Shape; streamRefused?: null }|{ message?: "streamRefused"; hello?: null; nodeStatus?: null; heartbeat?: null; podStatus?: null; podTerminated?: null; event?: null; streamRefused: gantry.node.v1.StreamRefused.$Shape })
                );
            }

            /**
             * Properties of a Hello.
             * @deprecated Use gantry.node.v1.Hello.$Properties instead.
             */
            interface IHello extends gantry.node.v1.Hello.$Properties {
            }

            /** Represents a Hello. */
            class Hello {

                /**
                 * Constructs a new Hello.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.Hello.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Hello agentVersion. */
                agentVersion: string;

                /** Hello node. */
                node: Uint8Array;

                /**
                 * Creates a new Hello instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Hello instance
                 */
                static create(properties: gantry.node.v1.Hello.$Shape): gantry.node.v1.Hello & gantry.node.v1.Hello.$Shape;
                static create(properties?: gantry.node.v1.Hello.$Properties): gantry.node.v1.Hello;

                /**
                 * Encodes the specified Hello message. Does not implicitly {@link gantry.node.v1.Hello.verify|verify} messages.
                 * @param message Hello message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Hello message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Hello & gantry.node.v1.Hello.$Shape} Hello
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.Hello & gantry.node.v1.Hello.$Shape;

                /**
                 * Creates a Hello message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Hello
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.Hello;

                /**
                 * Creates a plain object from a Hello message. Also converts values to other types if specified.
                 * @param message Hello
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.Hello, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Hello to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Hello
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Hello {

                /** Properties of a Hello. */
                interface $Properties {

                    /** Hello agentVersion */
                    agentVersion?: (string|null);

                    /** Hello node */
                    node?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Hello. */
                type $Shape = gantry.node.v1.Hello.$Properties;
            }

            /**
             * Properties of a NodeStatus.
             * @deprecated Use gantry.node.v1.NodeStatus.$Properties instead.
             */
            interface INodeStatus extends gantry.node.v1.NodeStatus.$Properties {
            }

            /** Represents a NodeStatus. */
            class NodeStatus {

                /**
                 * Constructs a new NodeStatus.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.NodeStatus.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** NodeStatus status. */
                status: Uint8Array;

                /**
                 * Creates a new NodeStatus instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns NodeStatus instance
                 */
                static create(properties: gantry.node.v1.NodeStatus.$Shape): gantry.node.v1.NodeStatus & gantry.node.v1.NodeStatus.$Shape;
                static create(properties?: gantry.node.v1.NodeStatus.$Properties): gantry.node.v1.NodeStatus;

                /**
                 * Encodes the specified NodeStatus message. Does not implicitly {@link gantry.node.v1.NodeStatus.verify|verify} messages.
                 * @param message NodeStatus message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.NodeStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a NodeStatus message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.NodeStatus & gantry.node.v1.NodeStatus.$Shape} NodeStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.NodeStatus & gantry.node.v1.NodeStatus.$Shape;

                /**
                 * Creates a NodeStatus message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns NodeStatus
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.NodeStatus;

                /**
                 * Creates a plain object from a NodeStatus message. Also converts values to other types if specified.
                 * @param message NodeStatus
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.NodeStatus, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this NodeStatus to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for NodeStatus
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace NodeStatus {

                /** Properties of a NodeStatus. */
                interface $Properties {

                    /** NodeStatus status */
                    status?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a NodeStatus. */
                type $Shape = gantry.node.v1.NodeStatus.$Properties;
            }

            /**
             * Properties of a Heartbeat.
             * @deprecated Use gantry.node.v1.Heartbeat.$Properties instead.
             */
            interface IHeartbeat extends gantry.node.v1.Heartbeat.$Properties {
            }

            /** Represents a Heartbeat. */
            class Heartbeat {

                /**
                 * Constructs a new Heartbeat.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.Heartbeat.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new Heartbeat instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Heartbeat instance
                 */
                static create(properties: gantry.node.v1.Heartbeat.$Shape): gantry.node.v1.Heartbeat & gantry.node.v1.Heartbeat.$Shape;
                static create(properties?: gantry.node.v1.Heartbeat.$Properties): gantry.node.v1.Heartbeat;

                /**
                 * Encodes the specified Heartbeat message. Does not implicitly {@link gantry.node.v1.Heartbeat.verify|verify} messages.
                 * @param message Heartbeat message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Heartbeat message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Heartbeat & gantry.node.v1.Heartbeat.$Shape} Heartbeat
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.Heartbeat & gantry.node.v1.Heartbeat.$Shape;

                /**
                 * Creates a Heartbeat message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Heartbeat
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.Heartbeat;

                /**
                 * Creates a plain object from a Heartbeat message. Also converts values to other types if specified.
                 * @param message Heartbeat
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.Heartbeat, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Heartbeat to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Heartbeat
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Heartbeat {

                /** Properties of a Heartbeat. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Heartbeat. */
                type $Shape = gantry.node.v1.Heartbeat.$Properties;
            }

            /**
             * Properties of a PodStatus.
             * @deprecated Use gantry.node.v1.PodStatus.$Properties instead.
             */
            interface IPodStatus extends gantry.node.v1.PodStatus.$Properties {
            }

            /** Represents a PodStatus. */
            class PodStatus {

                /**
                 * Constructs a new PodStatus.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.PodStatus.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PodStatus sequence. */
                sequence: number;

                /** PodStatus namespace. */
                namespace: string;

                /** PodStatus name. */
                name: string;

                /** PodStatus uid. */
                uid: string;

                /** PodStatus status. */
                status: Uint8Array;

                /**
                 * Creates a new PodStatus instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PodStatus instance
                 */
                static create(properties: gantry.node.v1.PodStatus.$Shape): gantry.node.v1.PodStatus & gantry.node.v1.PodStatus.$Shape;
                static create(properties?: gantry.node.v1.PodStatus.$Properties): gantry.node.v1.PodStatus;

                /**
                 * Encodes the specified PodStatus message. Does not implicitly {@link gantry.node.v1.PodStatus.verify|verify} messages.
                 * @param message PodStatus message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.PodStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PodStatus message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.PodStatus & gantry.node.v1.PodStatus.$Shape} PodStatus
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.PodStatus & gantry.node.v1.PodStatus.$Shape;

                /**
                 * Creates a PodStatus message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PodStatus
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.PodStatus;

                /**
                 * Creates a plain object from a PodStatus message. Also converts values to other types if specified.
                 * @param message PodStatus
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.PodStatus, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PodStatus to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PodStatus
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PodStatus {

                /** Properties of a PodStatus. */
                interface $Properties {

                    /** PodStatus sequence */
                    sequence?: (number|null);

                    /** PodStatus namespace */
                    namespace?: (string|null);

                    /** PodStatus name */
                    name?: (string|null);

                    /** PodStatus uid */
                    uid?: (string|null);

                    /** PodStatus status */
                    status?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PodStatus. */
                type $Shape = gantry.node.v1.PodStatus.$Properties;
            }

            /**
             * Properties of a PodTerminated.
             * @deprecated Use gantry.node.v1.PodTerminated.$Properties instead.
             */
            interface IPodTerminated extends gantry.node.v1.PodTerminated.$Properties {
            }

            /** Represents a PodTerminated. */
            class PodTerminated {

                /**
                 * Constructs a new PodTerminated.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.PodTerminated.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PodTerminated sequence. */
                sequence: number;

                /** PodTerminated namespace. */
                namespace: string;

                /** PodTerminated name. */
                name: string;

                /** PodTerminated uid. */
                uid: string;

                /**
                 * Creates a new PodTerminated instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PodTerminated instance
                 */
                static create(properties: gantry.node.v1.PodTerminated.$Shape): gantry.node.v1.PodTerminated & gantry.node.v1.PodTerminated.$Shape;
                static create(properties?: gantry.node.v1.PodTerminated.$Properties): gantry.node.v1.PodTerminated;

                /**
                 * Encodes the specified PodTerminated message. Does not implicitly {@link gantry.node.v1.PodTerminated.verify|verify} messages.
                 * @param message PodTerminated message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.PodTerminated.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PodTerminated message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.PodTerminated & gantry.node.v1.PodTerminated.$Shape} PodTerminated
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.PodTerminated & gantry.node.v1.PodTerminated.$Shape;

                /**
                 * Creates a PodTerminated message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PodTerminated
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.PodTerminated;

                /**
                 * Creates a plain object from a PodTerminated message. Also converts values to other types if specified.
                 * @param message PodTerminated
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.PodTerminated, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PodTerminated to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PodTerminated
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PodTerminated {

                /** Properties of a PodTerminated. */
                interface $Properties {

                    /** PodTerminated sequence */
                    sequence?: (number|null);

                    /** PodTerminated namespace */
                    namespace?: (string|null);

                    /** PodTerminated name */
                    name?: (string|null);

                    /** PodTerminated uid */
                    uid?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PodTerminated. */
                type $Shape = gantry.node.v1.PodTerminated.$Properties;
            }

            /**
             * Properties of an EventRecord.
             * @deprecated Use gantry.node.v1.EventRecord.$Properties instead.
             */
            interface IEventRecord extends gantry.node.v1.EventRecord.$Properties {
            }

            /** Represents an EventRecord. */
            class EventRecord {

                /**
                 * Constructs a new EventRecord.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.EventRecord.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** EventRecord event. */
                event: Uint8Array;

                /**
                 * Creates a new EventRecord instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns EventRecord instance
                 */
                static create(properties: gantry.node.v1.EventRecord.$Shape): gantry.node.v1.EventRecord & gantry.node.v1.EventRecord.$Shape;
                static create(properties?: gantry.node.v1.EventRecord.$Properties): gantry.node.v1.EventRecord;

                /**
                 * Encodes the specified EventRecord message. Does not implicitly {@link gantry.node.v1.EventRecord.verify|verify} messages.
                 * @param message EventRecord message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.EventRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an EventRecord message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.EventRecord & gantry.node.v1.EventRecord.$Shape} EventRecord
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.EventRecord & gantry.node.v1.EventRecord.$Shape;

                /**
                 * Creates an EventRecord message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns EventRecord
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.EventRecord;

                /**
                 * Creates a plain object from an EventRecord message. Also converts values to other types if specified.
                 * @param message EventRecord
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.EventRecord, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this EventRecord to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for EventRecord
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace EventRecord {

                /** Properties of an EventRecord. */
                interface $Properties {

                    /** EventRecord event */
                    event?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an EventRecord. */
                type $Shape = gantry.node.v1.EventRecord.$Properties;
            }

            /**
             * Properties of a StreamRefused.
             * @deprecated Use gantry.node.v1.StreamRefused.$Properties instead.
             */
            interface IStreamRefused extends gantry.node.v1.StreamRefused.$Properties {
            }

            /** Represents a StreamRefused. */
            class StreamRefused {

                /**
                 * Constructs a new StreamRefused.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.StreamRefused.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StreamRefused id. */
                id: string;

                /** StreamRefused message. */
                message: string;

                /** StreamRefused code. */
                code: number;

                /**
                 * Creates a new StreamRefused instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StreamRefused instance
                 */
                static create(properties: gantry.node.v1.StreamRefused.$Shape): gantry.node.v1.StreamRefused & gantry.node.v1.StreamRefused.$Shape;
                static create(properties?: gantry.node.v1.StreamRefused.$Properties): gantry.node.v1.StreamRefused;

                /**
                 * Encodes the specified StreamRefused message. Does not implicitly {@link gantry.node.v1.StreamRefused.verify|verify} messages.
                 * @param message StreamRefused message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.StreamRefused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StreamRefused message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.StreamRefused & gantry.node.v1.StreamRefused.$Shape} StreamRefused
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.StreamRefused & gantry.node.v1.StreamRefused.$Shape;

                /**
                 * Creates a StreamRefused message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns StreamRefused
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.StreamRefused;

                /**
                 * Creates a plain object from a StreamRefused message. Also converts values to other types if specified.
                 * @param message StreamRefused
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.StreamRefused, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this StreamRefused to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for StreamRefused
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace StreamRefused {

                /** Properties of a StreamRefused. */
                interface $Properties {

                    /** StreamRefused id */
                    id?: (string|null);

                    /** StreamRefused message */
                    message?: (string|null);

                    /** StreamRefused code */
                    code?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StreamRefused. */
                type $Shape = gantry.node.v1.StreamRefused.$Properties;
            }

            /**
             * Properties of a ServerMessage.
             * @deprecated Use gantry.node.v1.ServerMessage.$Properties instead.
             */
            interface IServerMessage extends gantry.node.v1.ServerMessage.$Properties {
            }

            /** Represents a ServerMessage. */
            class ServerMessage {

                /**
                 * Constructs a new ServerMessage.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.ServerMessage.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ServerMessage welcome. */
                welcome?: (gantry.node.v1.Welcome.$Properties|null);

                /** ServerMessage put. */
                put?: (gantry.node.v1.ObjectPut.$Properties|null);

                /** ServerMessage gone. */
                gone?: (gantry.node.v1.ObjectGone.$Properties|null);

                /** ServerMessage synced. */
                synced?: (gantry.node.v1.Synced.$Properties|null);

                /** ServerMessage ack. */
                ack?: (gantry.node.v1.StatusAck.$Properties|null);

                /** ServerMessage openStream. */
                openStream?: (gantry.node.v1.OpenStream.$Properties|null);

                /** ServerMessage message. */
                message?: ("welcome"|"put"|"gone"|"synced"|"ack"|"openStream");

                /**
                 * Creates a new ServerMessage instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ServerMessage instance
                 */
                static create(properties: gantry.node.v1.ServerMessage.$Shape): gantry.node.v1.ServerMessage & gantry.node.v1.ServerMessage.$Shape;
                static create(properties?: gantry.node.v1.ServerMessage.$Properties): gantry.node.v1.ServerMessage;

                /**
                 * Encodes the specified ServerMessage message. Does not implicitly {@link gantry.node.v1.ServerMessage.verify|verify} messages.
                 * @param message ServerMessage message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.ServerMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a ServerMessage message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.ServerMessage & gantry.node.v1.ServerMessage.$Shape} ServerMessage
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.ServerMessage & gantry.node.v1.ServerMessage.$Shape;

                /**
                 * Creates a ServerMessage message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ServerMessage
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.ServerMessage;

                /**
                 * Creates a plain object from a ServerMessage message. Also converts values to other types if specified.
                 * @param message ServerMessage
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.ServerMessage, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ServerMessage to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ServerMessage
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ServerMessage {

                /** Properties of a ServerMessage. */
                interface $Properties {

                    /** ServerMessage welcome */
                    welcome?: (gantry.node.v1.Welcome.$Properties|null);

                    /** ServerMessage put */
                    put?: (gantry.node.v1.ObjectPut.$Properties|null);

                    /** ServerMessage gone */
                    gone?: (gantry.node.v1.ObjectGone.$Properties|null);

                    /** ServerMessage synced */
                    synced?: (gantry.node.v1.Synced.$Properties|null);

                    /** ServerMessage ack */
                    ack?: (gantry.node.v1.StatusAck.$Properties|null);

                    /** ServerMessage openStream */
                    openStream?: (gantry.node.v1.OpenStream.$Properties|null);

                    /** ServerMessage message */
                    message?: ("welcome"|"put"|"gone"|"synced"|"ack"|"openStream");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a ServerMessage. */
                type $Shape = {
                  welcome?: gantry.node.v1.Welcome.$Shape|null;
                  put?: gantry.node.v1.ObjectPut.$Shape|null;
                  gone?: gantry.node.v1.ObjectGone.$Shape|null;
                  synced?: gantry.node.v1.Synced.$Shape|null;
                  ack?: gantry.node.v1.StatusAck.$Shape|null;
                  openStream?: gantry.node.v1.OpenStream.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ message?: undefined; welcome?: null; put?: null; gone?: null; synced?: null; ack?: null; openStream?: null }|{ message?: "welcome"; welcome: gantry.node.v1.Welcome.$Shape; put?: null; gone?: null; synced?: null; ack?: null; openStream?: null }|{ message?: "put"; welcome?: null; put: gantry.node.v1.ObjectPut.$Shape; gone?: null; synced?: null; ack?: null; openStream?: null }|{ message?: "gone"; welcome?: null; put?: null; gone: gantry.node.v1.ObjectGone.$Shape; synced?: null; ack?: null; openStream?: null }|{ message?: "synced"; welcome?: null; put?: null; gone?: null; synced: gantry.node.v1.Synced.$Shape; ack?: null; openStream?: null }|{ message?: "ack"; welcome?: null; put?: null; gone?: null; synced?: null; ack: gantry.node.v1.StatusAck.$Shape; openStream?: null }|{ message?: "openStream"; welcome?: null; put?: null; gone?: null; synced?: null; ack?: null; openStream: gantry.node.v1.OpenStream.$Shape })
                );
            }

            /**
             * Properties of a Welcome.
             * @deprecated Use gantry.node.v1.Welcome.$Properties instead.
             */
            interface IWelcome extends gantry.node.v1.Welcome.$Properties {
            }

            /** Represents a Welcome. */
            class Welcome {

                /**
                 * Constructs a new Welcome.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.Welcome.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Welcome serverVersion. */
                serverVersion: string;

                /** Welcome podCidrs. */
                podCidrs: string[];

                /** Welcome clusterCidr. */
                clusterCidr: string;

                /** Welcome serviceCidr. */
                serviceCidr: string;

                /** Welcome clusterDomain. */
                clusterDomain: string;

                /** Welcome clusterDns. */
                clusterDns: string;

                /**
                 * Creates a new Welcome instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Welcome instance
                 */
                static create(properties: gantry.node.v1.Welcome.$Shape): gantry.node.v1.Welcome & gantry.node.v1.Welcome.$Shape;
                static create(properties?: gantry.node.v1.Welcome.$Properties): gantry.node.v1.Welcome;

                /**
                 * Encodes the specified Welcome message. Does not implicitly {@link gantry.node.v1.Welcome.verify|verify} messages.
                 * @param message Welcome message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Welcome message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Welcome & gantry.node.v1.Welcome.$Shape} Welcome
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.Welcome & gantry.node.v1.Welcome.$Shape;

                /**
                 * Creates a Welcome message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Welcome
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.Welcome;

                /**
                 * Creates a plain object from a Welcome message. Also converts values to other types if specified.
                 * @param message Welcome
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.Welcome, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Welcome to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Welcome
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Welcome {

                /** Properties of a Welcome. */
                interface $Properties {

                    /** Welcome serverVersion */
                    serverVersion?: (string|null);

                    /** Welcome podCidrs */
                    podCidrs?: (string[]|null);

                    /** Welcome clusterCidr */
                    clusterCidr?: (string|null);

                    /** Welcome serviceCidr */
                    serviceCidr?: (string|null);

                    /** Welcome clusterDomain */
                    clusterDomain?: (string|null);

                    /** Welcome clusterDns */
                    clusterDns?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Welcome. */
                type $Shape = gantry.node.v1.Welcome.$Properties;
            }

            /**
             * Properties of an ObjectPut.
             * @deprecated Use gantry.node.v1.ObjectPut.$Properties instead.
             */
            interface IObjectPut extends gantry.node.v1.ObjectPut.$Properties {
            }

            /** Represents an ObjectPut. */
            class ObjectPut {

                /**
                 * Constructs a new ObjectPut.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.ObjectPut.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ObjectPut resource. */
                resource: string;

                /** ObjectPut object. */
                object: Uint8Array;

                /**
                 * Creates a new ObjectPut instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ObjectPut instance
                 */
                static create(properties: gantry.node.v1.ObjectPut.$Shape): gantry.node.v1.ObjectPut & gantry.node.v1.ObjectPut.$Shape;
                static create(properties?: gantry.node.v1.ObjectPut.$Properties): gantry.node.v1.ObjectPut;

                /**
                 * Encodes the specified ObjectPut message. Does not implicitly {@link gantry.node.v1.ObjectPut.verify|verify} messages.
                 * @param message ObjectPut message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.ObjectPut.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ObjectPut message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.ObjectPut & gantry.node.v1.ObjectPut.$Shape} ObjectPut
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.ObjectPut & gantry.node.v1.ObjectPut.$Shape;

                /**
                 * Creates an ObjectPut message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ObjectPut
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.ObjectPut;

                /**
                 * Creates a plain object from an ObjectPut message. Also converts values to other types if specified.
                 * @param message ObjectPut
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.ObjectPut, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ObjectPut to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ObjectPut
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ObjectPut {

                /** Properties of an ObjectPut. */
                interface $Properties {

                    /** ObjectPut resource */
                    resource?: (string|null);

                    /** ObjectPut object */
                    object?: (Uint8Array|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ObjectPut. */
                type $Shape = gantry.node.v1.ObjectPut.$Properties;
            }

            /**
             * Properties of an ObjectGone.
             * @deprecated Use gantry.node.v1.ObjectGone.$Properties instead.
             */
            interface IObjectGone extends gantry.node.v1.ObjectGone.$Properties {
            }

            /** Represents an ObjectGone. */
            class ObjectGone {

                /**
                 * Constructs a new ObjectGone.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.ObjectGone.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ObjectGone resource. */
                resource: string;

                /** ObjectGone namespace. */
                namespace: string;

                /** ObjectGone name. */
                name: string;

                /** ObjectGone uid. */
                uid: string;

                /**
                 * Creates a new ObjectGone instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ObjectGone instance
                 */
                static create(properties: gantry.node.v1.ObjectGone.$Shape): gantry.node.v1.ObjectGone & gantry.node.v1.ObjectGone.$Shape;
                static create(properties?: gantry.node.v1.ObjectGone.$Properties): gantry.node.v1.ObjectGone;

                /**
                 * Encodes the specified ObjectGone message. Does not implicitly {@link gantry.node.v1.ObjectGone.verify|verify} messages.
                 * @param message ObjectGone message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.ObjectGone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ObjectGone message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.ObjectGone & gantry.node.v1.ObjectGone.$Shape} ObjectGone
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.ObjectGone & gantry.node.v1.ObjectGone.$Shape;

                /**
                 * Creates an ObjectGone message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ObjectGone
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.ObjectGone;

                /**
                 * Creates a plain object from an ObjectGone message. Also converts values to other types if specified.
                 * @param message ObjectGone
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.ObjectGone, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ObjectGone to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ObjectGone
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ObjectGone {

                /** Properties of an ObjectGone. */
                interface $Properties {

                    /** ObjectGone resource */
                    resource?: (string|null);

                    /** ObjectGone namespace */
                    namespace?: (string|null);

                    /** ObjectGone name */
                    name?: (string|null);

                    /** ObjectGone uid */
                    uid?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ObjectGone. */
                type $Shape = gantry.node.v1.ObjectGone.$Properties;
            }

            /**
             * Properties of a Synced.
             * @deprecated Use gantry.node.v1.Synced.$Properties instead.
             */
            interface ISynced extends gantry.node.v1.Synced.$Properties {
            }

            /** Represents a Synced. */
            class Synced {

                /**
                 * Constructs a new Synced.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.Synced.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /**
                 * Creates a new Synced instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Synced instance
                 */
                static create(properties: gantry.node.v1.Synced.$Shape): gantry.node.v1.Synced & gantry.node.v1.Synced.$Shape;
                static create(properties?: gantry.node.v1.Synced.$Properties): gantry.node.v1.Synced;

                /**
                 * Encodes the specified Synced message. Does not implicitly {@link gantry.node.v1.Synced.verify|verify} messages.
                 * @param message Synced message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.Synced.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Synced message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Synced & gantry.node.v1.Synced.$Shape} Synced
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.Synced & gantry.node.v1.Synced.$Shape;

                /**
                 * Creates a Synced message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Synced
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.Synced;

                /**
                 * Creates a plain object from a Synced message. Also converts values to other types if specified.
                 * @param message Synced
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.Synced, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Synced to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Synced
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Synced {

                /** Properties of a Synced. */
                interface $Properties {

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Synced. */
                type $Shape = gantry.node.v1.Synced.$Properties;
            }

            /**
             * Properties of a StatusAck.
             * @deprecated Use gantry.node.v1.StatusAck.$Properties instead.
             */
            interface IStatusAck extends gantry.node.v1.StatusAck.$Properties {
            }

            /** Represents a StatusAck. */
            class StatusAck {

                /**
                 * Constructs a new StatusAck.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.StatusAck.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** StatusAck sequence. */
                sequence: number;

                /** StatusAck reason. */
                reason: string;

                /**
                 * Creates a new StatusAck instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns StatusAck instance
                 */
                static create(properties: gantry.node.v1.StatusAck.$Shape): gantry.node.v1.StatusAck & gantry.node.v1.StatusAck.$Shape;
                static create(properties?: gantry.node.v1.StatusAck.$Properties): gantry.node.v1.StatusAck;

                /**
                 * Encodes the specified StatusAck message. Does not implicitly {@link gantry.node.v1.StatusAck.verify|verify} messages.
                 * @param message StatusAck message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.StatusAck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a StatusAck message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.StatusAck & gantry.node.v1.StatusAck.$Shape} StatusAck
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.StatusAck & gantry.node.v1.StatusAck.$Shape;

                /**
                 * Creates a StatusAck message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns StatusAck
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.StatusAck;

                /**
                 * Creates a plain object from a StatusAck message. Also converts values to other types if specified.
                 * @param message StatusAck
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.StatusAck, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this StatusAck to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for StatusAck
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace StatusAck {

                /** Properties of a StatusAck. */
                interface $Properties {

                    /** StatusAck sequence */
                    sequence?: (number|null);

                    /** StatusAck reason */
                    reason?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a StatusAck. */
                type $Shape = gantry.node.v1.StatusAck.$Properties;
            }

            /**
             * Properties of an OpenStream.
             * @deprecated Use gantry.node.v1.OpenStream.$Properties instead.
             */
            interface IOpenStream extends gantry.node.v1.OpenStream.$Properties {
            }

            /** Represents an OpenStream. */
            class OpenStream {

                /**
                 * Constructs a new OpenStream.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.OpenStream.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** OpenStream id. */
                id: string;

                /** OpenStream logs. */
                logs?: (gantry.node.v1.LogsRequest.$Properties|null);

                /** OpenStream exec. */
                exec?: (gantry.node.v1.ExecRequest.$Properties|null);

                /** OpenStream attach. */
                attach?: (gantry.node.v1.AttachRequest.$Properties|null);

                /** OpenStream portForward. */
                portForward?: (gantry.node.v1.PortForwardRequest.$Properties|null);

                /** OpenStream http. */
                http?: (gantry.node.v1.HttpRequest.$Properties|null);

                /** OpenStream what. */
                what?: ("logs"|"exec"|"attach"|"portForward"|"http");

                /**
                 * Creates a new OpenStream instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns OpenStream instance
                 */
                static create(properties: gantry.node.v1.OpenStream.$Shape): gantry.node.v1.OpenStream & gantry.node.v1.OpenStream.$Shape;
                static create(properties?: gantry.node.v1.OpenStream.$Properties): gantry.node.v1.OpenStream;

                /**
                 * Encodes the specified OpenStream message. Does not implicitly {@link gantry.node.v1.OpenStream.verify|verify} messages.
                 * @param message OpenStream message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.OpenStream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an OpenStream message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.OpenStream & gantry.node.v1.OpenStream.$Shape} OpenStream
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.OpenStream & gantry.node.v1.OpenStream.$Shape;

                /**
                 * Creates an OpenStream message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns OpenStream
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.OpenStream;

                /**
                 * Creates a plain object from an OpenStream message. Also converts values to other types if specified.
                 * @param message OpenStream
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.OpenStream, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this OpenStream to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for OpenStream
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace OpenStream {

                /** Properties of an OpenStream. */
                interface $Properties {

                    /** OpenStream id */
                    id?: (string|null);

                    /** OpenStream logs */
                    logs?: (gantry.node.v1.LogsRequest.$Properties|null);

                    /** OpenStream exec */
                    exec?: (gantry.node.v1.ExecRequest.$Properties|null);

                    /** OpenStream attach */
                    attach?: (gantry.node.v1.AttachRequest.$Properties|null);

                    /** OpenStream portForward */
                    portForward?: (gantry.node.v1.PortForwardRequest.$Properties|null);

                    /** OpenStream http */
                    http?: (gantry.node.v1.HttpRequest.$Properties|null);

                    /** OpenStream what */
                    what?: ("logs"|"exec"|"attach"|"portForward"|"http");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of an OpenStream. */
                type $Shape = {
                  id?: string|null;
                  logs?: gantry.node.v1.LogsRequest.$Shape|null;
                  exec?: gantry.node.v1.ExecRequest.$Shape|null;
                  attach?: gantry.node.v1.AttachRequest.$Shape|null;
                  portForward?: gantry.node.v1.PortForwardRequest.$Shape|null;
                  http?: gantry.node.v1.HttpRequest.$Shape|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ what?: undefined; logs?: null; exec?: null; attach?: null; portForward?: null; http?: null }|{ what?: "logs"; logs: gantry.node.v1.LogsRequest.$Shape; exec?: null; attach?: null; portForward?: null; http?: null }|{ what?: "exec"; logs?: null; exec: gantry.node.v1.ExecRequest.$Shape; attach?: null; portForward?: null; http?: null }|{ what?: "attach"; logs?: null; exec?: null; attach: gantry.node.v1.AttachRequest.$Shape; portForward?: null; http?: null }|{ what?: "portForward"; logs?: null; exec?: null; attach?: null; portForward: gantry.node.v1.PortForwardRequest.$Shape; http?: null }|{ what?: "http"; logs?: null; exec?: null; attach?: null; portForward?: null; http: gantry.node.v1.HttpRequest.$Shape })
                );
            }

            /**
             * Properties of a PodContainer.
             * @deprecated Use gantry.node.v1.PodContainer.$Properties instead.
             */
            interface IPodContainer extends gantry.node.v1.PodContainer.$Properties {
            }

            /** Represents a PodContainer. */
            class PodContainer {

                /**
                 * Constructs a new PodContainer.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.PodContainer.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PodContainer namespace. */
                namespace: string;

                /** PodContainer pod. */
                pod: string;

                /** PodContainer uid. */
                uid: string;

                /** PodContainer container. */
                container: string;

                /**
                 * Creates a new PodContainer instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PodContainer instance
                 */
                static create(properties: gantry.node.v1.PodContainer.$Shape): gantry.node.v1.PodContainer & gantry.node.v1.PodContainer.$Shape;
                static create(properties?: gantry.node.v1.PodContainer.$Properties): gantry.node.v1.PodContainer;

                /**
                 * Encodes the specified PodContainer message. Does not implicitly {@link gantry.node.v1.PodContainer.verify|verify} messages.
                 * @param message PodContainer message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.PodContainer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PodContainer message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.PodContainer & gantry.node.v1.PodContainer.$Shape} PodContainer
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.PodContainer & gantry.node.v1.PodContainer.$Shape;

                /**
                 * Creates a PodContainer message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PodContainer
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.PodContainer;

                /**
                 * Creates a plain object from a PodContainer message. Also converts values to other types if specified.
                 * @param message PodContainer
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.PodContainer, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PodContainer to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PodContainer
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PodContainer {

                /** Properties of a PodContainer. */
                interface $Properties {

                    /** PodContainer namespace */
                    namespace?: (string|null);

                    /** PodContainer pod */
                    pod?: (string|null);

                    /** PodContainer uid */
                    uid?: (string|null);

                    /** PodContainer container */
                    container?: (string|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PodContainer. */
                type $Shape = gantry.node.v1.PodContainer.$Properties;
            }

            /**
             * Properties of a LogsRequest.
             * @deprecated Use gantry.node.v1.LogsRequest.$Properties instead.
             */
            interface ILogsRequest extends gantry.node.v1.LogsRequest.$Properties {
            }

            /** Represents a LogsRequest. */
            class LogsRequest {

                /**
                 * Constructs a new LogsRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.LogsRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** LogsRequest target. */
                target?: (gantry.node.v1.PodContainer.$Properties|null);

                /** LogsRequest follow. */
                follow: boolean;

                /** LogsRequest previous. */
                previous: boolean;

                /** LogsRequest timestamps. */
                timestamps: boolean;

                /** LogsRequest sinceSeconds. */
                sinceSeconds?: (number|null);

                /** LogsRequest sinceTime. */
                sinceTime: string;

                /** LogsRequest tailLines. */
                tailLines?: (number|null);

                /** LogsRequest limitBytes. */
                limitBytes?: (number|null);

                /**
                 * Creates a new LogsRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns LogsRequest instance
                 */
                static create(properties: gantry.node.v1.LogsRequest.$Shape): gantry.node.v1.LogsRequest & gantry.node.v1.LogsRequest.$Shape;
                static create(properties?: gantry.node.v1.LogsRequest.$Properties): gantry.node.v1.LogsRequest;

                /**
                 * Encodes the specified LogsRequest message. Does not implicitly {@link gantry.node.v1.LogsRequest.verify|verify} messages.
                 * @param message LogsRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.LogsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a LogsRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.LogsRequest & gantry.node.v1.LogsRequest.$Shape} LogsRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.LogsRequest & gantry.node.v1.LogsRequest.$Shape;

                /**
                 * Creates a LogsRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns LogsRequest
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.LogsRequest;

                /**
                 * Creates a plain object from a LogsRequest message. Also converts values to other types if specified.
                 * @param message LogsRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.LogsRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this LogsRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for LogsRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace LogsRequest {

                /** Properties of a LogsRequest. */
                interface $Properties {

                    /** LogsRequest target */
                    target?: (gantry.node.v1.PodContainer.$Properties|null);

                    /** LogsRequest follow */
                    follow?: (boolean|null);

                    /** LogsRequest previous */
                    previous?: (boolean|null);

                    /** LogsRequest timestamps */
                    timestamps?: (boolean|null);

                    /** LogsRequest sinceSeconds */
                    sinceSeconds?: (number|null);

                    /** LogsRequest sinceTime */
                    sinceTime?: (string|null);

                    /** LogsRequest tailLines */
                    tailLines?: (number|null);

                    /** LogsRequest limitBytes */
                    limitBytes?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a LogsRequest. */
                type $Shape = gantry.node.v1.LogsRequest.$Properties;
            }

            /**
             * Properties of an ExecRequest.
             * @deprecated Use gantry.node.v1.ExecRequest.$Properties instead.
             */
            interface IExecRequest extends gantry.node.v1.ExecRequest.$Properties {
            }

            /** Represents an ExecRequest. */
            class ExecRequest {

                /**
                 * Constructs a new ExecRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.ExecRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** ExecRequest target. */
                target?: (gantry.node.v1.PodContainer.$Properties|null);

                /** ExecRequest command. */
                command: string[];

                /** ExecRequest stdin. */
                stdin: boolean;

                /** ExecRequest stdout. */
                stdout: boolean;

                /** ExecRequest stderr. */
                stderr: boolean;

                /** ExecRequest tty. */
                tty: boolean;

                /**
                 * Creates a new ExecRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns ExecRequest instance
                 */
                static create(properties: gantry.node.v1.ExecRequest.$Shape): gantry.node.v1.ExecRequest & gantry.node.v1.ExecRequest.$Shape;
                static create(properties?: gantry.node.v1.ExecRequest.$Properties): gantry.node.v1.ExecRequest;

                /**
                 * Encodes the specified ExecRequest message. Does not implicitly {@link gantry.node.v1.ExecRequest.verify|verify} messages.
                 * @param message ExecRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.ExecRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an ExecRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.ExecRequest & gantry.node.v1.ExecRequest.$Shape} ExecRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.ExecRequest & gantry.node.v1.ExecRequest.$Shape;

                /**
                 * Creates an ExecRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns ExecRequest
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.ExecRequest;

                /**
                 * Creates a plain object from an ExecRequest message. Also converts values to other types if specified.
                 * @param message ExecRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.ExecRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this ExecRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for ExecRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace ExecRequest {

                /** Properties of an ExecRequest. */
                interface $Properties {

                    /** ExecRequest target */
                    target?: (gantry.node.v1.PodContainer.$Properties|null);

                    /** ExecRequest command */
                    command?: (string[]|null);

                    /** ExecRequest stdin */
                    stdin?: (boolean|null);

                    /** ExecRequest stdout */
                    stdout?: (boolean|null);

                    /** ExecRequest stderr */
                    stderr?: (boolean|null);

                    /** ExecRequest tty */
                    tty?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an ExecRequest. */
                type $Shape = gantry.node.v1.ExecRequest.$Properties;
            }

            /**
             * Properties of an AttachRequest.
             * @deprecated Use gantry.node.v1.AttachRequest.$Properties instead.
             */
            interface IAttachRequest extends gantry.node.v1.AttachRequest.$Properties {
            }

            /** Represents an AttachRequest. */
            class AttachRequest {

                /**
                 * Constructs a new AttachRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.AttachRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** AttachRequest target. */
                target?: (gantry.node.v1.PodContainer.$Properties|null);

                /** AttachRequest stdin. */
                stdin: boolean;

                /** AttachRequest stdout. */
                stdout: boolean;

                /** AttachRequest stderr. */
                stderr: boolean;

                /** AttachRequest tty. */
                tty: boolean;

                /**
                 * Creates a new AttachRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns AttachRequest instance
                 */
                static create(properties: gantry.node.v1.AttachRequest.$Shape): gantry.node.v1.AttachRequest & gantry.node.v1.AttachRequest.$Shape;
                static create(properties?: gantry.node.v1.AttachRequest.$Properties): gantry.node.v1.AttachRequest;

                /**
                 * Encodes the specified AttachRequest message. Does not implicitly {@link gantry.node.v1.AttachRequest.verify|verify} messages.
                 * @param message AttachRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.AttachRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an AttachRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.AttachRequest & gantry.node.v1.AttachRequest.$Shape} AttachRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.AttachRequest & gantry.node.v1.AttachRequest.$Shape;

                /**
                 * Creates an AttachRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns AttachRequest
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.AttachRequest;

                /**
                 * Creates a plain object from an AttachRequest message. Also converts values to other types if specified.
                 * @param message AttachRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.AttachRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this AttachRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for AttachRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace AttachRequest {

                /** Properties of an AttachRequest. */
                interface $Properties {

                    /** AttachRequest target */
                    target?: (gantry.node.v1.PodContainer.$Properties|null);

                    /** AttachRequest stdin */
                    stdin?: (boolean|null);

                    /** AttachRequest stdout */
                    stdout?: (boolean|null);

                    /** AttachRequest stderr */
                    stderr?: (boolean|null);

                    /** AttachRequest tty */
                    tty?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an AttachRequest. */
                type $Shape = gantry.node.v1.AttachRequest.$Properties;
            }

            /**
             * Properties of a PortForwardRequest.
             * @deprecated Use gantry.node.v1.PortForwardRequest.$Properties instead.
             */
            interface IPortForwardRequest extends gantry.node.v1.PortForwardRequest.$Properties {
            }

            /** Represents a PortForwardRequest. */
            class PortForwardRequest {

                /**
                 * Constructs a new PortForwardRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.PortForwardRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** PortForwardRequest target. */
                target?: (gantry.node.v1.PodContainer.$Properties|null);

                /** PortForwardRequest port. */
                port: number;

                /**
                 * Creates a new PortForwardRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns PortForwardRequest instance
                 */
                static create(properties: gantry.node.v1.PortForwardRequest.$Shape): gantry.node.v1.PortForwardRequest & gantry.node.v1.PortForwardRequest.$Shape;
                static create(properties?: gantry.node.v1.PortForwardRequest.$Properties): gantry.node.v1.PortForwardRequest;

                /**
                 * Encodes the specified PortForwardRequest message. Does not implicitly {@link gantry.node.v1.PortForwardRequest.verify|verify} messages.
                 * @param message PortForwardRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.PortForwardRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a PortForwardRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.PortForwardRequest & gantry.node.v1.PortForwardRequest.$Shape} PortForwardRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.PortForwardRequest & gantry.node.v1.PortForwardRequest.$Shape;

                /**
                 * Creates a PortForwardRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns PortForwardRequest
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.PortForwardRequest;

                /**
                 * Creates a plain object from a PortForwardRequest message. Also converts values to other types if specified.
                 * @param message PortForwardRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.PortForwardRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this PortForwardRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for PortForwardRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace PortForwardRequest {

                /** Properties of a PortForwardRequest. */
                interface $Properties {

                    /** PortForwardRequest target */
                    target?: (gantry.node.v1.PodContainer.$Properties|null);

                    /** PortForwardRequest port */
                    port?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a PortForwardRequest. */
                type $Shape = gantry.node.v1.PortForwardRequest.$Properties;
            }

            /**
             * Properties of a HttpRequest.
             * @deprecated Use gantry.node.v1.HttpRequest.$Properties instead.
             */
            interface IHttpRequest extends gantry.node.v1.HttpRequest.$Properties {
            }

            /** Represents a HttpRequest. */
            class HttpRequest {

                /**
                 * Constructs a new HttpRequest.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.HttpRequest.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** HttpRequest method. */
                method: string;

                /** HttpRequest path. */
                path: string;

                /** HttpRequest target. */
                target?: (gantry.node.v1.PodContainer.$Properties|null);

                /** HttpRequest port. */
                port: number;

                /**
                 * Creates a new HttpRequest instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns HttpRequest instance
                 */
                static create(properties: gantry.node.v1.HttpRequest.$Shape): gantry.node.v1.HttpRequest & gantry.node.v1.HttpRequest.$Shape;
                static create(properties?: gantry.node.v1.HttpRequest.$Properties): gantry.node.v1.HttpRequest;

                /**
                 * Encodes the specified HttpRequest message. Does not implicitly {@link gantry.node.v1.HttpRequest.verify|verify} messages.
                 * @param message HttpRequest message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.HttpRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a HttpRequest message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.HttpRequest & gantry.node.v1.HttpRequest.$Shape} HttpRequest
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.HttpRequest & gantry.node.v1.HttpRequest.$Shape;

                /**
                 * Creates a HttpRequest message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns HttpRequest
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.HttpRequest;

                /**
                 * Creates a plain object from a HttpRequest message. Also converts values to other types if specified.
                 * @param message HttpRequest
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.HttpRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this HttpRequest to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for HttpRequest
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace HttpRequest {

                /** Properties of a HttpRequest. */
                interface $Properties {

                    /** HttpRequest method */
                    method?: (string|null);

                    /** HttpRequest path */
                    path?: (string|null);

                    /** HttpRequest target */
                    target?: (gantry.node.v1.PodContainer.$Properties|null);

                    /** HttpRequest port */
                    port?: (number|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a HttpRequest. */
                type $Shape = gantry.node.v1.HttpRequest.$Properties;
            }

            /**
             * Properties of a Chunk.
             * @deprecated Use gantry.node.v1.Chunk.$Properties instead.
             */
            interface IChunk extends gantry.node.v1.Chunk.$Properties {
            }

            /** Represents a Chunk. */
            class Chunk {

                /**
                 * Constructs a new Chunk.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: gantry.node.v1.Chunk.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Chunk channel. */
                channel: number;

                /** Chunk data. */
                data: Uint8Array;

                /** Chunk end. */
                end: boolean;

                /**
                 * Creates a new Chunk instance using the specified properties.
                 * @param [properties] Properties to set
                 * @returns Chunk instance
                 */
                static create(properties: gantry.node.v1.Chunk.$Shape): gantry.node.v1.Chunk & gantry.node.v1.Chunk.$Shape;
                static create(properties?: gantry.node.v1.Chunk.$Properties): gantry.node.v1.Chunk;

                /**
                 * Encodes the specified Chunk message. Does not implicitly {@link gantry.node.v1.Chunk.verify|verify} messages.
                 * @param message Chunk message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: gantry.node.v1.Chunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Chunk message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {gantry.node.v1.Chunk & gantry.node.v1.Chunk.$Shape} Chunk
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): gantry.node.v1.Chunk & gantry.node.v1.Chunk.$Shape;

                /**
                 * Creates a Chunk message from a plain object. Also converts values to their respective internal types.
                 * @param object Plain object
                 * @returns Chunk
                 */
                static fromObject(object: { [k: string]: any }): gantry.node.v1.Chunk;

                /**
                 * Creates a plain object from a Chunk message. Also converts values to other types if specified.
                 * @param message Chunk
                 * @param [options] Conversion options
                 * @returns Plain object
                 */
                static toObject(message: gantry.node.v1.Chunk, options?: $protobuf.IConversionOptions): { [k: string]: any };

                /**
                 * Converts this Chunk to JSON.
                 * @returns JSON object
                 */
                toJSON(): { [k: string]: any };

                /**
                 * Gets the type url for Chunk
                 * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
                 * @returns The type url
                 */
                static getTypeUrl(prefix?: string): string;
            }

            namespace Chunk {

                /** Properties of a Chunk. */
                interface $Properties {

                    /** Chunk channel */
                    channel?: (number|null);

                    /** Chunk data */
                    data?: (Uint8Array|null);

                    /** Chunk end */
                    end?: (boolean|null);

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Chunk. */
                type $Shape = gantry.node.v1.Chunk.$Properties;
            }
        }
    }
}
