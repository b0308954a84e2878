// Package kubeletapi serves the part of the kubelet's HTTPS interface that the API
// server uses for "kubectl logs", "exec", "attach" and "port-forward".
package kubeletapi

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"k8s.io/cri-streaming/pkg/streaming/portforward"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"

	"mcp-gateway.local/bed/tools/internal/container"
	"mcp-gateway.local/bed/tools/internal/kubelet"
)

// Files are the server's certificate, its key and the authority of its clients.
type Files struct {
	Cert, Key, ClientCA string
}

const (
	streamIdle     = 4 * time.Hour
	streamCreation = 30 * time.Second
)

// Serve listens until the context ends. Only clients with a certificate of the
// bed's authority are let in, since exec gives away the machine.
func Serve(ctx context.Context, address string, files Files, k *kubelet.Kubelet) error {
	config, err := tlsConfig(files)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: routes(k), TLSConfig: config, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.ServeTLS(listener, files.Cert, files.Key); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func tlsConfig(files Files) (*tls.Config, error) {
	ca, err := os.ReadFile(files.ClientCA)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca) {
		return nil, fmt.Errorf("%s holds no certificate", files.ClientCA)
	}
	return &tls.Config{
		ClientCAs: pool, ClientAuth: tls.RequireAndVerifyClientCert,
		NextProtos: []string{"http/1.1"}, // streaming upgrades need it
	}, nil
}

func routes(k *kubelet.Kubelet) http.Handler {
	s := &streams{k}
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		if !k.Ready() {
			http.Error(w, "not all Pods have been reported yet", http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("GET /containerLogs/{namespace}/{pod}/{container}", s.logs)
	// Both the short paths and those with the Pod's UID are in use.
	for _, path := range []string{"{namespace}/{pod}/{container}", "{namespace}/{pod}/{uid}/{container}"} {
		mux.HandleFunc("/exec/"+path, s.exec)
		mux.HandleFunc("/attach/"+path, s.attach)
	}
	mux.HandleFunc("/portForward/{namespace}/{pod}", s.portForward)
	mux.HandleFunc("/portForward/{namespace}/{pod}/{uid}", s.portForward)
	return mux
}

type streams struct {
	k *kubelet.Kubelet
}

func (s *streams) exec(w http.ResponseWriter, r *http.Request) {
	options, err := remotecommand.NewOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	remotecommand.ServeExec(w, r, session{s.k, r}, r.PathValue("pod"), r.PathValue("uid"), r.PathValue("container"),
		r.Form["command"], options, streamIdle, streamCreation, remotecommand.SupportedStreamingProtocols)
}

func (s *streams) attach(w http.ResponseWriter, r *http.Request) {
	options, err := remotecommand.NewOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	remotecommand.ServeAttach(w, r, session{s.k, r}, r.PathValue("pod"), r.PathValue("uid"), r.PathValue("container"),
		options, streamIdle, streamCreation, remotecommand.SupportedStreamingProtocols)
}

func (s *streams) portForward(w http.ResponseWriter, r *http.Request) {
	options, err := portforward.NewV4Options(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	portforward.ServePortForward(w, r, session{s.k, r}, r.PathValue("pod"), r.PathValue("uid"), options,
		streamIdle, streamCreation, portforward.SupportedProtocols)
}

func (s *streams) logs(w http.ResponseWriter, r *http.Request) {
	options, err := logOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	previous := r.FormValue("previous") == "true"
	file, finished, err := s.k.Log(r.Context(), r.PathValue("namespace"), r.PathValue("pod"), r.PathValue("container"), previous)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	flush := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/plain")
	err = container.ReadLog(r.Context(), file, options, w, func() { _ = flush.Flush() }, finished)
	if err != nil && !errors.Is(err, io.ErrClosedPipe) {
		fmt.Fprintf(w, "\nlog ends early: %v\n", err)
	}
}

// logOptions reads the query of a log request.
func logOptions(r *http.Request) (container.LogOptions, error) {
	o := container.LogOptions{Tail: -1, Follow: r.FormValue("follow") == "true", Timestamps: r.FormValue("timestamps") == "true"}
	var err error
	if v := r.FormValue("tailLines"); v != "" {
		if o.Tail, err = strconv.ParseInt(v, 10, 64); err != nil {
			return o, fmt.Errorf("tailLines: %w", err)
		}
	}
	if v := r.FormValue("limitBytes"); v != "" {
		if o.Limit, err = strconv.ParseInt(v, 10, 64); err != nil {
			return o, fmt.Errorf("limitBytes: %w", err)
		}
	}
	if v := r.FormValue("sinceSeconds"); v != "" {
		seconds, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return o, fmt.Errorf("sinceSeconds: %w", err)
		}
		o.Since = time.Now().Add(-time.Duration(seconds) * time.Second)
	}
	if v := r.FormValue("sinceTime"); v != "" {
		if o.Since, err = time.Parse(time.RFC3339, v); err != nil {
			return o, fmt.Errorf("sinceTime: %w", err)
		}
	}
	return o, nil
}
