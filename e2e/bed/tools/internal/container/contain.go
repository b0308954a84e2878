package container

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Descriptors that a "contain" copy inherits.
const (
	reportFD  = 3 // a pipe: an error text, or closed by a successful exec
	networkFD = 4 // the Pod's network namespace
)

// Contain turns this process into the container that the spec file describes. It
// returns only on failure, after it has reported the error. It must be called on
// the main thread, since namespaces belong to threads.
func Contain(specFile string) {
	// The report pipe must vanish on exec: its end of file is the good news.
	unix.CloseOnExec(reportFD)
	report := os.NewFile(reportFD, "report")
	err := contain(specFile)
	fmt.Fprint(report, err)
	os.Exit(128)
}

func contain(specFile string) error {
	s, err := loadSpec(specFile)
	if err != nil {
		return err
	}
	if err := unix.Setns(networkFD, unix.CLONE_NEWNET); err != nil {
		return fmt.Errorf("enter the Pod's network namespace: %w", err)
	}
	unix.CloseOnExec(networkFD)
	if err := unix.Sethostname([]byte(s.Hostname)); err != nil {
		return fmt.Errorf("set the host name: %w", err)
	}
	if err := s.buildRoot(); err != nil {
		return err
	}
	if s.TTY {
		// The terminal on stdin becomes the controlling one, so that Ctrl-C works.
		if err := unix.IoctlSetInt(0, unix.TIOCSCTTY, 0); err != nil {
			return fmt.Errorf("take the terminal: %w", err)
		}
	}
	return s.become()
}

// become replaces this process with the program.
func (s Spec) become() error {
	if err := os.MkdirAll(s.Workdir, 0o755); err != nil {
		return fmt.Errorf("working directory: %w", err)
	}
	if err := os.Chdir(s.Workdir); err != nil {
		return fmt.Errorf("working directory: %w", err)
	}
	if s.ReadOnlyRoot {
		flags := uintptr(unix.MS_REMOUNT | unix.MS_BIND | unix.MS_RDONLY)
		if err := unix.Mount("", "/", "", flags, ""); err != nil {
			return fmt.Errorf("make the root file system read-only: %w", err)
		}
	}
	for _, e := range s.Env {
		if path, ok := strings.CutPrefix(e, "PATH="); ok {
			os.Setenv("PATH", path) // for the look-up in the next line
		}
	}
	program, err := exec.LookPath(s.Argv[0])
	if err != nil && !errors.Is(err, exec.ErrDot) {
		return fmt.Errorf("exec: %w", err)
	}
	return fmt.Errorf("exec %s: %w", program, syscall.Exec(program, s.Argv, s.Env))
}

func (s Spec) buildRoot() error {
	// Nothing that happens to mounts in here may reach the machine.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private mounts: %w", err)
	}
	root := filepath.Join(s.Scratch, "root")
	if err := s.mountOverlay(root); err != nil {
		return err
	}
	if err := bindSystem(root, s.Rootfs == "/", s.Scratch); err != nil {
		return err
	}
	for name, text := range s.Files {
		if err := writeFile(root, name, text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, m := range s.Mounts {
		if err := m.bind(root); err != nil {
			return fmt.Errorf("mount %s: %w", m.Target, err)
		}
	}
	return enter(root)
}

// mountOverlay puts the container's own layer over the root file system, so that
// whatever it writes is gone with it.
func (s Spec) mountOverlay(root string) error {
	upper, work := filepath.Join(s.Scratch, "upper"), filepath.Join(s.Scratch, "work")
	for _, d := range []string{upper, work, root} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", s.Rootfs, upper, work)
	if err := unix.Mount("overlay", root, "overlay", 0, options); err != nil {
		return fmt.Errorf("overlay (%s): %w", options, err)
	}
	return nil
}

// bindSystem adds what an overlay of "/" leaves out: the kernel's file systems,
// and the machine's other mounts when the root file system is the machine's.
func bindSystem(root string, whole bool, scratch string) error {
	if whole {
		bindOtherMounts(root, scratch)
	}
	for _, d := range []string{"/sys", "/dev"} {
		if err := os.MkdirAll(root+d, 0o755); err != nil {
			return err
		}
		if err := unix.Mount(d, root+d, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
			return fmt.Errorf("mount %s: %w", d, err)
		}
	}
	if err := os.MkdirAll(root+"/proc", 0o755); err != nil {
		return err
	}
	// A fresh proc shows the container's own processes only.
	if err := unix.Mount("proc", root+"/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	return nil
}

// bindOtherMounts carries over separate file systems such as a /home partition.
// One that cannot be bound is left out: a program that needs it will say so.
func bindOtherMounts(root, scratch string) {
	table, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return
	}
	for _, point := range otherMounts(string(table), scratch) {
		if info, err := os.Stat(point); err == nil && info.IsDir() {
			_ = unix.Mount(point, root+point, "", unix.MS_BIND, "")
		}
	}
}

// otherMounts lists the mount points outside the kernel's file systems and outside
// the kubelet's own scratch file system.
func otherMounts(table, scratch string) []string {
	var points []string
	own := "/" // the innermost mount that holds the scratch folder
	for _, line := range strings.Split(table, "\n") {
		fields := strings.Fields(line)
		if len(fields) < 5 || fields[4] == "/" {
			continue
		}
		point := strings.ReplaceAll(fields[4], `\040`, " ")
		points = append(points, point)
		if within(scratch, point) && !within(own, point) {
			own = point
		}
	}
	return slices.DeleteFunc(points, func(point string) bool {
		return slices.ContainsFunc([]string{"/proc", "/sys", "/dev", "/run/netns", own}, func(d string) bool {
			return within(point, d)
		})
	})
}

// within tells whether path is folder or below it.
func within(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, strings.TrimSuffix(folder, "/")+"/")
}

// writeFile replaces a file of the container. A link is removed first: behind
// /etc/resolv.conf there is often one that leads nowhere in here.
func writeFile(root, name, text string) error {
	path := root + name
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

func (m Mount) bind(root string) error {
	info, err := os.Stat(m.Source)
	if err != nil {
		return err
	}
	target, err := makeTarget(root, m.Target, info.IsDir())
	if err != nil {
		return err
	}
	if err := unix.Mount(m.Source, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return err
	}
	if !m.ReadOnly {
		return nil
	}
	return unix.Mount("", target, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, "")
}

// makeTarget makes the mount point, following links such as /var/run -> /run
// inside the new root and not on the machine.
func makeTarget(root, target string, folder bool) (string, error) {
	path, err := resolveIn(root, target)
	if err != nil {
		return "", err
	}
	if folder {
		return path, os.MkdirAll(path, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o644)
	if err != nil {
		return "", err
	}
	return path, f.Close()
}

// resolveIn follows the links of a path as if root were "/".
func resolveIn(root, path string) (string, error) {
	pending := strings.Split(filepath.Clean(path), "/")
	current := ""
	for links := 0; len(pending) > 0; {
		part := pending[0]
		pending = pending[1:]
		if part == "" || part == "." {
			continue
		}
		next := filepath.Join("/", current, part)
		link, err := os.Readlink(root + next)
		if err != nil {
			current = next
			continue
		}
		if links++; links > 40 {
			return "", fmt.Errorf("too many links in %s", path)
		}
		if filepath.IsAbs(link) {
			current = ""
		}
		pending = append(strings.Split(link, "/"), pending...)
	}
	return root + current, nil
}

// enter makes root the root of this mount namespace and drops the machine's.
func enter(root string) error {
	if err := os.Chdir(root); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return fmt.Errorf("pivot_root: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("leave the machine's root: %w", err)
	}
	return os.Chdir("/")
}
