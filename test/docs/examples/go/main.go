// Calls the functions of the examples as the task from standard input says, and prints what they did.
package main

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"

	"example.org/application/senders"
)

type request struct {
	Body    string
	Headers map[string]string
}

type stored struct {
	Reference string `json:"reference"`
	Sequence  int64  `json:"sequence"`
	Status    string `json:"status"`
}

type received struct {
	Status int     `json:"status"`
	Stored *stored `json:"stored"`
}

func main() {
	var task struct {
		Reference, Email, OtherEmail string
		Requests                     []request
	}
	check(json.NewDecoder(os.Stdin).Decode(&task))
	check(senders.Start(task.Reference, task.Email))
	var problem *senders.Problem
	if !errors.As(senders.Start(task.Reference, task.OtherEmail), &problem) {
		log.Fatal("another request for the same reference was accepted")
	}
	all := []received{}
	for _, one := range task.Requests {
		all = append(all, receive(one))
	}
	url, err := senders.MakeLink(task.Reference)
	check(err)
	result := map[string]any{"url": url, "code": problem.Code, "received": all}
	check(json.NewEncoder(os.Stdout).Encode(result))
}

func receive(one request) received {
	headers := http.Header{}
	for name, value := range one.Headers {
		headers.Set(name, value)
	}
	var kept *stored
	store := func(reference string, sequence int64, onboarding senders.Onboarding) error {
		kept = &stored{reference, sequence, onboarding.Status}
		return nil
	}
	return received{senders.Receive([]byte(one.Body), headers, store), kept}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
