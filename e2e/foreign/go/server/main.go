// A server on the Go MCP SDK for the stranger's bench: it asks its client, and waits to be given up.
//
// Usage: server ADDRESS
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const waitLimit = 30 * time.Second

type nothing struct{}

type keyed struct {
	Key string `json:"key"`
}

// givenUp has the keys of the waits that were given up.
var givenUp sync.Map

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "asker", Version: "1.0.0"}, nil)
	add(server, "ask_form", askForm)
	add(server, "ask_url", askURL)
	add(server, "ask_model", askModel)
	add(server, "ask_model_tools", askModelTools)
	add(server, "ask_roots", askRoots)
	add(server, "wait", wait)
	add(server, "given_up", wasGivenUp)
	// A gateway forwards the name of the route, which the SDK refuses at loopback addresses.
	options := &mcp.StreamableHTTPOptions{DisableLocalhostProtection: true}
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, options)
	http.Handle("/mcp", handler)
	log.Fatal(http.ListenAndServe(os.Args[1], nil))
}

func add[In any](server *mcp.Server, name string, run func(context.Context, *mcp.CallToolRequest, In) (string, error)) {
	tool := &mcp.Tool{Name: name, Description: name + " of the asker"}
	mcp.AddTool(server, tool, func(ctx context.Context, request *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
		text, err := run(ctx, request, in)
		if err != nil {
			return nil, nil, err
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, nil, nil
	})
}

func askForm(ctx context.Context, request *mcp.CallToolRequest, _ nothing) (string, error) {
	answer, err := request.Session.Elicit(ctx, &mcp.ElicitParams{
		Mode:    "form",
		Message: "Who are you?",
		RequestedSchema: map[string]any{
			"type":       "object",
			"properties": map[string]any{"name": map[string]any{"type": "string"}},
			"required":   []string{"name"},
		},
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s %v", answer.Action, answer.Content["name"]), nil
}

func askURL(ctx context.Context, request *mcp.CallToolRequest, _ nothing) (string, error) {
	answer, err := request.Session.Elicit(ctx, &mcp.ElicitParams{
		Mode:          "url",
		Message:       "Log in there.",
		URL:           "https://example.org/login",
		ElicitationID: "login-1",
	})
	if err != nil {
		return "", err
	}
	return answer.Action, nil
}

func askModel(ctx context.Context, request *mcp.CallToolRequest, _ nothing) (string, error) {
	question := &mcp.SamplingMessage{Role: "user", Content: &mcp.TextContent{Text: "Which colour?"}}
	answer, err := request.Session.CreateMessage(ctx, &mcp.CreateMessageParams{
		MaxTokens: 10,
		Messages:  []*mcp.SamplingMessage{question},
	})
	if err != nil {
		return "", err
	}
	return textOf(answer.Content), nil
}

// askModelTools lets the client's model use a tool, and read what the tool says.
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
	first, err := request.Session.CreateMessageWithTools(ctx, question)
	if err != nil {
		return "", err
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
	last, err := request.Session.CreateMessageWithTools(ctx, question)
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
	answer, err := request.Session.ListRoots(ctx, nil)
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
