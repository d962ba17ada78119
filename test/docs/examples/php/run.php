<?php
/** Calls the functions of the examples as the task from standard input says, and prints what they did. */
require 'onboarding.php';
require 'notifications.php';

$task = json_decode(stream_get_contents(STDIN), true);
start($task['reference'], $task['email']);
$code = null;
try {
    start($task['reference'], $task['otherEmail']);
} catch (Problem $problem) {
    $code = $problem->problem;
}
$received = [];
foreach ($task['requests'] as ['body' => $body, 'headers' => $headers]) {
    $server = [];
    foreach ($headers as $name => $value) {
        $server['HTTP_' . strtoupper(strtr($name, '-', '_'))] = $value;
    }
    $stored = null;
    $store = function (string $reference, int $sequence, array $onboarding) use (&$stored): void {
        $stored = ['reference' => $reference, 'sequence' => $sequence, 'status' => $onboarding['status']];
    };
    $received[] = ['status' => receive($body, $server, $store), 'stored' => $stored];
}
echo json_encode(['url' => makeLink($task['reference']), 'code' => $code, 'received' => $received]);
