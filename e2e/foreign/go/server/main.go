// A server on the Go MCP SDK for the stranger's bench: it asks its client, and waits to be given up.
//
// Usage: server sessions|modern ADDRESS
//
//	sessions  it speaks revisions up to 2025-11-25, with sessions
//	modern    it speaks 2026-07-28 only
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const (
	waitLimit = 30 * time.Second
	newest    = "2026-07-28"
)

type nothing struct{}

type keyed struct {
	Key string `json:"key"`
}

// givenUp has the keys of the waits that were given up.
var givenUp sync.Map

// own is the name of this server in the bench.
var own string

func main() {
	modern := os.Args[1] == "modern"
	own = "go-session"
	options := &mcp.ServerOptions{
		SubscribeHandler:   func(context.Context, *mcp.SubscribeRequest) error { return nil },
		UnsubscribeHandler: func(context.Context, *mcp.UnsubscribeRequest) error { return nil },
	}
	if modern {
		own = "go-only"
		options.SupportedProtocolVersions = []string{newest}
	}
	server := mcp.NewServer(&mcp.Implementation{Name: "asker", Version: "1.0.0"}, options)
	add(server, "ask_form", askForm)
	add(server, "ask_url", askURL)
	add(server, "ask_model", askModel)
	add(server, "ask_model_tools", askModelTools)
	add(server, "ask_roots", askRoots)
	add(server, "wait", wait)
	add(server, "given_up", wasGivenUp)
	add(server, "grow", grow(server))
	add(server, "touch", touch(server))
	server.AddResource(&mcp.Resource{Name: "note", MIMEType: "text/plain", URI: note()}, readNote)
	// A gateway forwards the name of the route, which the SDK refuses at loopback addresses.
	http.Handle("/mcp", mcp.NewStreamableHTTPHandler(
		func(*http.Request) *mcp.Server { return server },
		&mcp.StreamableHTTPOptions{DisableLocalhostProtection: true, Stateless: modern},
	))
	log.Fatal(http.ListenAndServe(os.Args[2], nil))
}

func note() string { return "note://" + own + "/text" }

func readNote(context.Context, *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
	return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: note(), MIMEType: "text/plain", Text: "a note"}}}, nil
}

// asking is what a tool needs of its client before it can answer a client of 2026-07-28, instead of an error.
type asking struct {
	requests mcp.InputRequestMap
	state    string
}

func (asking) Error() string { return "asks" }

func add[In any](server *mcp.Server, name string, run func(context.Context, *mcp.CallToolRequest, In) (string, error)) {
	tool := &mcp.Tool{Name: name, Description: name + " of the asker"}
	mcp.AddTool(server, tool, func(ctx context.Context, request *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
		text, err := run(ctx, request, in)
		var open asking
		if errors.As(err, &open) {
			return &mcp.CallToolResult{InputRequests: open.requests, RequestState: open.state}, nil, nil
		}
		if err != nil {
			return nil, nil, err
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, nil, nil
	})
}

// ask asks the client: at once, or by the answer to the call if the client is of 2026-07-28.
func ask[P mcp.InputRequest, R any](request *mcp.CallToolRequest, question P, atOnce func(P) (R, error)) (R, error) {
	if request.ProtocolVersion() != newest {
		return atOnce(question)
	}
	if answer, ok := request.Params.InputResponses["answer"].(R); ok {
		return answer, nil
	}
	var none R
	return none, asking{requests: mcp.InputRequestMap{"answer": question}}
}

func grow(server *mcp.Server) func(context.Context, *mcp.CallToolRequest, keyed) (string, error) {
	return func(_ context.Context, _ *mcp.CallToolRequest, in keyed) (string, error) {
		add(server, "grown_"+in.Key, func(context.Context, *mcp.CallToolRequest, nothing) (string, error) { return in.Key, nil })
		return "added " + in.Key, nil
	}
}

func touch(server *mcp.Server) func(context.Context, *mcp.CallToolRequest, nothing) (string, error) {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ nothing) (string, error) {
		return "touched", server.ResourceUpdated(ctx, &mcp.ResourceUpdatedNotificationParams{URI: note()})
	}
}

func askForm(ctx context.Context, request *mcp.CallToolRequest, _ nothing) (string, error) {
	question := &mcp.ElicitParams{
		Mode:    "form",
		Message: "Who are you?",
		RequestedSchema: map[string]any{
			"type":       "object",
			"properties": map[string]any{"name": map[string]any{"type": "string"}},
			"required":   []string{"name"},
		},
	}
	answer, err := ask(request, question, func(q *mcp.ElicitParams) (*mcp.ElicitResult, error) { return request.Session.Elicit(ctx, q) })
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %v", answer.Action, answer.Content["name"]), nil
}

func askURL(ctx context.Context, request *mcp.CallToolRequest, _ nothing) (string, error) {
	question := &mcp.ElicitParams{Mode: "url", Message: "Log in there.", URL: "https://example.org/login"}
	if request.ProtocolVersion() != newest {
		question.ElicitationID = "login-1"
	}
	answer, err := ask(request, question, func(q *mcp.ElicitParams) (*mcp.ElicitResult, error) { return request.Session.Elicit(ctx, q) })
	if err != nil {
		return "", err
	}
	return answer.Action, nil
}

func sample(ctx context.Context, request *mcp.CallToolRequest, question *mcp.CreateMessageWithToolsParams) (*mcp.CreateMessageWithToolsResult, error) {
	return ask(request, question, func(q *mcp.CreateMessageWithToolsParams) (*mcp.CreateMessageWithToolsResult, error) {
		return request.Session.CreateMessageWithTools(ctx, q)
	})
}

func askModel(ctx context.Context, request *mcp.CallToolRequest, _ nothing) (string, error) {
	words := []mcp.Content{&mcp.TextContent{Text: "Which colour?"}}
	answer, err := sample(ctx, request, &mcp.CreateMessageWithToolsParams{
		MaxTokens: 10,
		Messages:  []*mcp.SamplingMessageV2{{Role: "user", Content: words}},
	})
	if err != nil {
		return "", err
	}
	return textOf(answer.Content[0]), nil
}

// askModelTools lets the client's model use a tool, and read what the tool says. The state of a client of 2026-07-28 is the
// first answer.
func askModelTools(ctx context.Context, request *mcp.CallToolRequest, _ nothing) (string, error) {
	question := &mcp.CreateMessageWithToolsParams{
		MaxTokens: 10,
		Messages: []*mcp.SamplingMessageV2{{
			Role:    "user",
			Content: []mcp.Content{&mcp.TextContent{Text: "Is it sunny in Rome?"}},
		}},
		Tools: []*mcp.Tool{{
			Name:        "weather",
			Description: "The weather of a city.",
			InputSchema: map[string]any{
				"type":       "object",
				"properties": map[string]any{"city": map[string]any{"type": "string"}},
				"required":   []string{"city"},
			},
		}},
		ToolChoice: &mcp.ToolChoice{Mode: "auto"},
	}
	first := &mcp.CreateMessageWithToolsResult{}
	state := request.Params.RequestState
	if state != "" {
		if err := json.Unmarshal([]byte(state), first); err != nil {
			return "", err
		}
	} else {
		answer, err := sample(ctx, request, question)
		if err != nil {
			return "", err
		}
		first = answer
	}
	use, ok := first.Content[0].(*mcp.ToolUseContent)
	if !ok {
		return "", errors.New("the model uses no tool")
	}
	weather := &mcp.TextContent{Text: fmt.Sprintf("sunny in %v", use.Input["city"])}
	question.Messages = append(question.Messages,
		&mcp.SamplingMessageV2{Role: "assistant", Content: first.Content},
		&mcp.SamplingMessageV2{Role: "user", Content: []mcp.Content{
			&mcp.ToolResultContent{ToolUseID: use.ID, Content: []mcp.Content{weather}},
		}})
	if request.ProtocolVersion() == newest && state == "" {
		seen, err := json.Marshal(first)
		if err != nil {
			return "", err
		}
		return "", asking{requests: mcp.InputRequestMap{"answer": question}, state: string(seen)}
	}
	last, err := sample(ctx, request, question)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %s: %s", first.StopReason, use.Name, textOf(last.Content[0])), nil
}

func textOf(content mcp.Content) string {
	if text, ok := content.(*mcp.TextContent); ok {
		return text.Text
	}
	return "?"
}

func askRoots(ctx context.Context, request *mcp.CallToolRequest, _ nothing) (string, error) {
	answer, err := ask(request, &mcp.ListRootsParams{}, func(q *mcp.ListRootsParams) (*mcp.ListRootsResult, error) {
		return request.Session.ListRoots(ctx, q)
	})
	if err != nil {
		return "", err
	}
	var uris []string
	for _, root := range answer.Roots {
		uris = append(uris, root.URI)
	}
	return fmt.Sprint(uris), nil
}

func wait(ctx context.Context, request *mcp.CallToolRequest, in keyed) (string, error) {
	err := request.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{
		ProgressToken: request.Params.GetProgressToken(),
		Progress:      1,
		Total:         2,
	})
	if err != nil {
		return "", err
	}
	select {
	case <-ctx.Done():
		givenUp.Store(in.Key, true)
		return "", ctx.Err()
	case <-time.After(waitLimit):
		return "nobody gave up", nil
	}
}

func wasGivenUp(_ context.Context, _ *mcp.CallToolRequest, in keyed) (string, error) {
	known := false
	for tries := 0; tries < 100 && !known; tries++ {
		if _, known = givenUp.Load(in.Key); !known {
			time.Sleep(100 * time.Millisecond)
		}
	}
	return fmt.Sprint(known), nil
}
