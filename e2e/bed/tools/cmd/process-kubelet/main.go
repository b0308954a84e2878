// Command process-kubelet is the only node of the test bed. It runs Pods as
// processes of this machine, each Pod in a network namespace of its own, serves
// the kubelet's HTTPS interface, forwards Services' addresses to their endpoints
// and answers name queries.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/netip"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"mcp-gateway.local/bed/tools/internal/clusterdns"
	"mcp-gateway.local/bed/tools/internal/container"
	"mcp-gateway.local/bed/tools/internal/kubelet"
	"mcp-gateway.local/bed/tools/internal/kubeletapi"
	"mcp-gateway.local/bed/tools/internal/sandbox"
	"mcp-gateway.local/bed/tools/internal/serviceproxy"
)

// init keeps the main function on the main thread: a "contain" copy changes the
// namespaces of its thread and then becomes another program from there.
func init() { runtime.LockOSThread() }

type flags struct {
	kubeconfig, node, bridge, podNetwork, balancerNetwork string
	dns, domain, hosts, scratch, logs, images             string
	files                                                 kubeletapi.Files
	backoffFirst, backoffMax                              time.Duration
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == "contain" {
		container.Contain(os.Args[2])
	}
	if len(os.Args) == 2 && os.Args[1] == "pause" {
		ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
		<-ctx.Done()
		return
	}
	log.SetFlags(log.Ltime | log.Lmicroseconds)
	if err := run(parse()); err != nil {
		log.Fatalf("process-kubelet: %v", err)
	}
}

func parse() flags {
	var f flags
	flag.StringVar(&f.kubeconfig, "kubeconfig", "", "how to reach the API server")
	flag.StringVar(&f.node, "node-name", "bed", "name of the Node")
	flag.StringVar(&f.bridge, "bridge", "pods", "interface that Pods are connected to")
	flag.StringVar(&f.podNetwork, "pod-network", "10.244.0.0/16", "network of Pod addresses; its first address is the node's")
	flag.StringVar(&f.balancerNetwork, "balancer-network", "10.97.0.0/16", "network of load balancer addresses")
	flag.StringVar(&f.dns, "dns", "10.96.0.10", "address of the cluster's name server")
	flag.StringVar(&f.domain, "cluster-domain", "cluster.local", "domain of the cluster's names")
	flag.StringVar(&f.hosts, "hosts", "", "file with extra names for the name server")
	flag.StringVar(&f.scratch, "scratch", "", "folder that gets a tmpfs for Pods' files")
	flag.StringVar(&f.logs, "pod-logs", "", "folder for containers' logs")
	flag.StringVar(&f.images, "images", "", "image map files and folders, separated by commas")
	flag.StringVar(&f.files.Cert, "tls-cert", "", "certificate of the kubelet's HTTPS interface")
	flag.StringVar(&f.files.Key, "tls-key", "", "its key")
	flag.StringVar(&f.files.ClientCA, "client-ca", "", "authority of the clients of that interface")
	flag.DurationVar(&f.backoffFirst, "backoff-first", time.Second, "first pause of a crash loop")
	flag.DurationVar(&f.backoffMax, "backoff-max", 10*time.Second, "longest pause of a crash loop")
	flag.Parse()
	return f
}

func run(f flags) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := mountScratch(f.scratch); err != nil {
		return err
	}
	pods, err := netip.ParsePrefix(f.podNetwork)
	if err != nil {
		return err
	}
	balancer, err := netip.ParsePrefix(f.balancerNetwork)
	if err != nil {
		return err
	}
	config, err := clientcmd.BuildConfigFromFlags("", f.kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 200, 400 // a test bed has nobody to be polite to
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	shared := informers.NewSharedInformerFactory(client, 0)
	pool := sandbox.NewPool(pods)
	k := kubelet.New(kubelet.Config{
		Client: client, Shared: shared, NodeName: f.node, Pool: pool, Bridge: f.bridge, DNS: f.dns, Domain: f.domain,
		Scratch: f.scratch, Logs: f.logs, Images: strings.Split(f.images, ","),
		BackoffFirst: f.backoffFirst, BackoffMax: f.backoffMax,
	})
	proxy := serviceproxy.New(client, shared, balancer)
	names := clusterdns.New(shared, f.domain, f.hosts)
	shared.StartWithContext(ctx)
	shared.WaitForCacheSyncWithContext(ctx)
	failed := make(chan error, 3)
	go func() { failed <- names.Serve(ctx, f.dns+":53") }()
	go func() { failed <- kubeletapi.Serve(ctx, fmt.Sprintf("%s:%d", pool.Bridge(), 10250), f.files, k) }()
	go proxy.Run(ctx)
	go func() { failed <- k.Run(ctx) }()
	return await(ctx, stop, failed)
}

// await returns when the kubelet has stopped; the failure of any part stops all.
func await(ctx context.Context, stop context.CancelFunc, parts <-chan error) error {
	var first error
	for range 3 {
		if err := <-parts; err != nil && ctx.Err() == nil {
			first = err
			stop()
		}
	}
	return first
}

// mountScratch gives Pods' files a memory file system: an overlay cannot have its
// upper layer inside its lower one. The mount is in a mount namespace that must be
// this process's own, so it disappears together with the process.
func mountScratch(folder string) error {
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		return err
	}
	if first, err := os.Readlink("/proc/1/ns/mnt"); err == nil && first == own {
		return errors.New("start me in a mount namespace of my own (unshare --mount)")
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private mounts: %w", err)
	}
	if err := unix.Mount("bed-pods", folder, "tmpfs", 0, "mode=0755"); err != nil {
		return fmt.Errorf("mount %s: %w", folder, err)
	}
	return nil
}
