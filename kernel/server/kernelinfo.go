package server

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"scorebook/kernel/protocol"
)

var helpLinks = []protocol.HelpLink{
	{Text: "Go language", URL: "https://go.dev/ref/spec"},
	{Text: "Go standard library", URL: "https://pkg.go.dev/std"},
	{Text: "Gonum", URL: "https://pkg.go.dev/gonum.org/v1/gonum"},
}

// kernelInfo says what this kernel is.
func (s *Server) kernelInfo(context.Context, *request) any {
	language := strings.TrimPrefix(runtime.Version(), "go")
	return protocol.KernelInfoReply{
		Status:                protocol.OK,
		ProtocolVersion:       protocol.Version,
		Implementation:        "scorebook",
		ImplementationVersion: s.options.Version,
		Banner:                fmt.Sprintf("Scorebook %s, Go %s", s.options.Version, language),
		HelpLinks:             helpLinks,
		LanguageInfo: protocol.LanguageInfo{
			Name:              "go",
			Version:           language,
			MIMEType:          "text/x-go",
			FileExtension:     ".go",
			PygmentsLexer:     "go",
			CodeMirrorMode:    "go",
			NBConvertExporter: "script",
		},
	}
}
