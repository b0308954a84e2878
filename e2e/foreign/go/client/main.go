// A client on the Go MCP SDK for the stranger's bench. What it is to do and what it prints is said in
// e2e/foreign/strangers/README.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const newest = "2026-07-28"

type jobs struct {
	LimitMillis int64 `json:"limitMillis"`
	Jobs        []job `json:"jobs"`
}

type job struct {
	Server string `json:"server"`
	URL    string `json:"url"`
	Steps  []step `json:"steps"`
}

type step struct {
	Scenario  string         `json:"scenario"`
	Do        string         `json:"do"`
	Name      string         `json:"name"`
	Arguments map[string]any `json:"arguments"`
	URI       string         `json:"uri"`
	Level     string         `json:"level"`
	Progress  bool           `json:"progress"`
	Then      string         `json:"then"`
	Hears     map[string]int `json:"hears"`
	Ref       map[string]any `json:"ref"`
	Argument  map[string]any `json:"argument"`
}

// heard collects what the server says and asks while a step runs.
type heard struct {
	lock   sync.Mutex
	events map[string][]any
	first  chan struct{}
}

func (h *heard) reset() {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.events = map[string][]any{}
	h.first = make(chan struct{}, 1)
}

func (h *heard) add(kind string, value any) {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.events[kind] = append(h.events[kind], value)
	if kind == "progress" {
		select {
		case h.first <- struct{}{}:
		default:
		}
	}
}

// all gives what was heard once that many of a kind are there: the SDK may handle notifications after the answer.
func (h *heard) all(hears map[string]int) map[string][]any {
	for tries := 0; tries < 500 && h.late(hears); tries++ {
		time.Sleep(10 * time.Millisecond)
	}
	h.lock.Lock()
	defer h.lock.Unlock()
	return h.events
}

func (h *heard) late(hears map[string]int) bool {
	h.lock.Lock()
	defer h.lock.Unlock()
	for kind, times := range hears {
		if len(h.events[kind]) < times {
			return true
		}
	}
	return false
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var all jobs
	if err := json.Unmarshal(text, &all); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	limit := time.Duration(all.LimitMillis) * time.Millisecond
	for _, each := range all.Jobs {
		each.run(limit)
	}
}

func (j job) run(limit time.Duration) {
	ears := &heard{}
	ears.reset()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	session, err := newClient(ears).Connect(ctx, &mcp.StreamableClientTransport{Endpoint: j.URL}, nil)
	cancel()
	for _, each := range j.Steps {
		if err != nil {
			j.tell(each.Scenario, nil, err)
			continue
		}
		ears.reset()
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		result, failure := each.run(ctx, session, ears)
		cancel()
		j.tell(each.Scenario, result, failure)
	}
	if err == nil {
		session.Close()
	}
}

func (j job) tell(scenario string, result any, failure error) {
	line := map[string]any{"server": j.Server, "scenario": scenario}
	if failure != nil {
		line["error"] = failure.Error()
	} else {
		line["result"] = result
	}
	text, err := json.Marshal(line)
	if err != nil {
		text, _ = json.Marshal(map[string]any{"server": j.Server, "scenario": scenario, "error": err.Error()})
	}
	fmt.Println(string(text))
}

func newClient(ears *heard) *mcp.Client {
	client := mcp.NewClient(&mcp.Implementation{Name: "stranger-go", Version: "1"}, &mcp.ClientOptions{
		Capabilities: &mcp.ClientCapabilities{
			RootsV2:     &mcp.RootCapabilities{ListChanged: true},
			Elicitation: &mcp.ElicitationCapabilities{Form: &mcp.FormElicitationCapabilities{}, URL: &mcp.URLElicitationCapabilities{}},
		},
		CreateMessageWithToolsHandler: func(_ context.Context, request *mcp.CreateMessageWithToolsRequest) (*mcp.CreateMessageWithToolsResult, error) {
			content, reason := think(request.Params, ears)
			return &mcp.CreateMessageWithToolsResult{Role: "assistant", Model: "none", Content: []mcp.Content{content}, StopReason: reason}, nil
		},
		ElicitationHandler: func(_ context.Context, request *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			if request.Params.Mode == "url" {
				ears.add("url", request.Params.Message)
				return &mcp.ElicitResult{Action: "accept"}, nil
			}
			ears.add("form", request.Params.Message)
			return &mcp.ElicitResult{Action: "accept", Content: filledIn(request.Params.RequestedSchema)}, nil
		},
		LoggingMessageHandler: func(_ context.Context, request *mcp.LoggingMessageRequest) {
			ears.add("log", map[string]any{"level": request.Params.Level, "data": request.Params.Data})
		},
		ProgressNotificationHandler: func(_ context.Context, request *mcp.ProgressNotificationClientRequest) {
			ears.add("progress", request.Params.Progress)
		},
		ResourceUpdatedHandler: func(_ context.Context, request *mcp.ResourceUpdatedNotificationRequest) {
			ears.add("updated", request.Params.URI)
		},
		ToolListChangedHandler: func(context.Context, *mcp.ToolListChangedRequest) {
			ears.add("changed", true)
		},
	})
	client.AddRoots(&mcp.Root{URI: "file:///stranger", Name: "stranger"})
	return client
}

// think is the model: it uses a tool where there is one, and repeats what the tool said.
func think(params *mcp.CreateMessageWithToolsParams, ears *heard) (mcp.Content, string) {
	asked := params.Messages[len(params.Messages)-1].Content[0]
	if result, ok := asked.(*mcp.ToolResultContent); ok {
		ears.add("sampling", "result "+textOf(result.Content[0]))
		return &mcp.TextContent{Text: "it is " + textOf(result.Content[0])}, "endTurn"
	}
	if len(params.Tools) > 0 {
		ears.add("sampling", textOf(asked)+" "+params.Tools[0].Name)
		return &mcp.ToolUseContent{ID: "use-1", Name: params.Tools[0].Name, Input: map[string]any{"city": "Rome"}}, "toolUse"
	}
	ears.add("sampling", textOf(asked))
	return &mcp.TextContent{Text: "blue"}, ""
}

func textOf(content mcp.Content) string {
	if text, ok := content.(*mcp.TextContent); ok {
		return text.Text
	}
	return "?"
}

// filledIn answers a form: each field by its type, the first choice where there are some.
func filledIn(schema any) map[string]any {
	var form struct {
		Properties map[string]map[string]any `json:"properties"`
	}
	text, _ := json.Marshal(schema)
	_ = json.Unmarshal(text, &form)
	content := map[string]any{}
	for name, field := range form.Properties {
		content[name] = answer(field)
	}
	return content
}

func answer(field map[string]any) any {
	if value, ok := field["default"]; ok {
		return value
	}
	if choices, ok := field["enum"].([]any); ok {
		return choices[0]
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		if choices, ok := field[key].([]any); ok {
			return choices[0].(map[string]any)["const"]
		}
	}
	switch field["type"] {
	case "boolean":
		return true
	case "integer", "number":
		return 7
	case "array":
		return []any{answer(field["items"].(map[string]any))}
	}
	switch field["format"] {
	case "email":
		return "ann@example.org"
	case "uri":
		return "https://example.org/"
	case "date":
		return "2026-01-01"
	case "date-time":
		return "2026-01-01T00:00:00Z"
	}
	return "Ann"
}

func (s step) run(ctx context.Context, session *mcp.ClientSession, ears *heard) (any, error) {
	switch s.Do {
	case "initialize":
		result := session.InitializeResult()
		return map[string]any{"version": result.ProtocolVersion, "capabilities": result.Capabilities}, nil
	case "tools":
		return list(session.Tools(ctx, nil))
	case "prompts":
		return list(session.Prompts(ctx, nil))
	case "resources":
		return list(session.Resources(ctx, nil))
	case "templates":
		return list(session.ResourceTemplates(ctx, nil))
	case "prompt":
		arguments := map[string]string{}
		for name, value := range s.Arguments {
			arguments[name] = fmt.Sprint(value)
		}
		return session.GetPrompt(ctx, &mcp.GetPromptParams{Name: s.Name, Arguments: arguments})
	case "read":
		return session.ReadResource(ctx, &mcp.ReadResourceParams{URI: s.URI})
	case "complete":
		return s.complete(ctx, session)
	case "call":
		return s.call(ctx, session, ears)
	case "cancel":
		return s.cancel(ctx, session, ears)
	case "subscribe":
		return s.subscribe(ctx, session, ears)
	case "changed":
		return s.changed(ctx, session, ears)
	}
	return nil, errors.New("unknown step " + s.Do)
}

func list[T any](items func(yield func(T, error) bool)) (any, error) {
	all := []T{}
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, nil
}

func (s step) complete(ctx context.Context, session *mcp.ClientSession) (any, error) {
	reference := &mcp.CompleteReference{Type: fmt.Sprint(s.Ref["type"])}
	if name, ok := s.Ref["name"]; ok {
		reference.Name = fmt.Sprint(name)
	}
	if uri, ok := s.Ref["uri"]; ok {
		reference.URI = fmt.Sprint(uri)
	}
	result, err := session.Complete(ctx, &mcp.CompleteParams{
		Ref:      reference,
		Argument: mcp.CompleteParamsArgument{Name: fmt.Sprint(s.Argument["name"]), Value: fmt.Sprint(s.Argument["value"])},
	})
	if err != nil {
		return nil, err
	}
	return result.Completion, nil
}

func (s step) subscribe(ctx context.Context, session *mcp.ClientSession, ears *heard) (any, error) {
	if err := session.Subscribe(ctx, &mcp.SubscribeParams{URI: s.URI}); err != nil {
		return nil, err
	}
	if _, err := session.CallTool(ctx, &mcp.CallToolParams{Name: s.Then, Arguments: map[string]any{}}); err != nil {
		return nil, err
	}
	updated := ears.all(map[string]int{"updated": 1})["updated"]
	if len(updated) == 0 {
		return map[string]any{}, nil
	}
	return map[string]any{"updated": updated[0]}, nil
}

// changed lists the tools after each notice until the new one is there.
func (s step) changed(ctx context.Context, session *mcp.ClientSession, ears *heard) (any, error) {
	if _, err := session.CallTool(ctx, s.params()); err != nil {
		return nil, err
	}
	added := fmt.Sprintf("%sgrown_%v", strings.TrimSuffix(s.Name, "grow"), s.Arguments["key"])
	for seen := 0; ; {
		told := len(ears.all(map[string]int{"changed": seen + 1})["changed"])
		listed := false
		for tool, err := range session.Tools(ctx, nil) {
			if err != nil {
				return nil, err
			}
			listed = listed || tool.Name == added
		}
		if listed || told == seen {
			return map[string]any{"told": told > 0, "listed": listed}, nil
		}
		seen = told
	}
}

func (s step) params() *mcp.CallToolParams {
	params := &mcp.CallToolParams{Name: s.Name, Arguments: map[string]any{}}
	if s.Arguments != nil {
		params.Arguments = s.Arguments
	}
	if s.Progress || s.Do == "cancel" {
		params.SetProgressToken("stranger-" + s.Scenario)
	}
	return params
}

func (s step) call(ctx context.Context, session *mcp.ClientSession, ears *heard) (any, error) {
	params := s.params()
	if s.Level != "" && session.InitializeResult().ProtocolVersion == newest {
		if params.Meta == nil {
			params.Meta = mcp.Meta{}
		}
		params.Meta[mcp.MetaKeyLogLevel] = s.Level
	} else if s.Level != "" {
		if err := session.SetLoggingLevel(ctx, &mcp.SetLoggingLevelParams{Level: mcp.LoggingLevel(s.Level)}); err != nil {
			return nil, err
		}
	}
	result, err := session.CallTool(ctx, params)
	if err != nil {
		return nil, err
	}
	return map[string]any{"answer": result, "heard": ears.all(s.Hears)}, nil
}

// cancel gives a call up once it has begun, and asks the server by another tool whether it knows.
func (s step) cancel(ctx context.Context, session *mcp.ClientSession, ears *heard) (any, error) {
	calling, giveUp := context.WithCancel(ctx)
	defer giveUp()
	done := make(chan error, 1)
	go func() {
		_, err := session.CallTool(calling, s.params())
		done <- err
	}()
	select {
	case <-ears.first:
	case err := <-done:
		return nil, fmt.Errorf("the call ended before it was given up: %v", err)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	giveUp()
	if err := <-done; err == nil {
		return nil, errors.New("the call was answered though it was given up")
	}
	result, err := session.CallTool(ctx, &mcp.CallToolParams{Name: s.Then, Arguments: s.Arguments})
	if err != nil {
		return nil, err
	}
	return map[string]any{"answer": result}, nil
}
