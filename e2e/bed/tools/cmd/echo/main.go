// Command echo is a small HTTP server for the smoke test. It answers with what it
// has seen and can be told to look unready or to crash.
package main

import (
	"cmp"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"sync/atomic"
)

type answer struct {
	Pod    string            `json:"pod"`
	Name   string            `json:"name"`
	Method string            `json:"method"`
	Host   string            `json:"host"`
	Path   string            `json:"path"`
	Header map[string]string `json:"header"`
}

func main() {
	var unready atomic.Bool
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, _ *http.Request) {
		if unready.Load() {
			http.Error(w, "told to be unready", http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("POST /ready", func(_ http.ResponseWriter, r *http.Request) {
		unready.Store(r.URL.Query().Get("is") == "false")
	})
	mux.HandleFunc("POST /crash", func(http.ResponseWriter, *http.Request) {
		log.Print("told to crash")
		os.Exit(3)
	})
	mux.HandleFunc("/", echo)
	address := ":" + cmp.Or(os.Getenv("PORT"), "8080")
	log.Printf("echo listens on %s", address)
	log.Fatal(http.ListenAndServe(address, mux))
}

func echo(w http.ResponseWriter, r *http.Request) {
	a := answer{
		Pod: os.Getenv("HOSTNAME"), Name: os.Getenv("NAME"), Method: r.Method, Host: r.Host,
		Path: r.URL.Path, Header: map[string]string{},
	}
	for name := range r.Header {
		a.Header[name] = r.Header.Get(name)
	}
	log.Printf("%s %s%s", r.Method, r.Host, r.URL.Path)
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(a); err != nil {
		log.Print(err)
	}
}
